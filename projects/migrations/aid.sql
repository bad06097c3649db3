-- A record of the aid register is attested or invented as what it is about: the two never mix.
CREATE FUNCTION projects_same_class() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    mine boolean; theirs boolean; rank int := 0;
BEGIN
    mine := NEW.origin = 2;
    WHILE rank < TG_NARGS LOOP
        EXECUTE format('SELECT origin = 2 FROM %I WHERE id = $1', TG_ARGV[rank + 1])
            INTO theirs USING (to_jsonb(NEW) ->> TG_ARGV[rank])::bigint;
        IF theirs IS NOT NULL AND theirs <> mine THEN
            RAISE EXCEPTION 'attested and fictional never mix: % of %', TG_ARGV[rank], TG_TABLE_NAME
                USING ERRCODE = 'check_violation';
        END IF;
        rank := rank + 2;
    END LOOP;
    RETURN NEW;
END $$;
CREATE TRIGGER case_is_of_one_class BEFORE INSERT OR UPDATE ON projects_supportcase FOR EACH ROW
    EXECUTE FUNCTION projects_same_class('company_id', 'projects_organisation', 'project_id', 'projects_project');
CREATE TRIGGER funding_is_of_one_class BEFORE INSERT OR UPDATE ON projects_fundingline FOR EACH ROW
    EXECUTE FUNCTION projects_same_class('case_id', 'projects_supportcase', 'project_id', 'projects_project');
CREATE TRIGGER beneficiary_is_of_one_class BEFORE INSERT OR UPDATE ON projects_beneficiary FOR EACH ROW
    EXECUTE FUNCTION projects_same_class('line_id', 'projects_fundingline', 'organisation_id',
        'projects_organisation', 'taken_over_by_id', 'projects_organisation');
CREATE TRIGGER movement_is_of_one_class BEFORE INSERT ON projects_movement FOR EACH ROW
    EXECUTE FUNCTION projects_same_class('line_id', 'projects_fundingline');
CREATE TRIGGER counterpart_is_of_one_class BEFORE INSERT OR UPDATE ON projects_counterpart FOR EACH ROW
    EXECUTE FUNCTION projects_same_class('line_id', 'projects_fundingline', 'commitment_id',
        'projects_commitment');
CREATE TRIGGER counterpart_check_is_of_one_class BEFORE INSERT ON projects_counterpartcheck FOR EACH ROW
    EXECUTE FUNCTION projects_same_class('counterpart_id', 'projects_counterpart');
CREATE TRIGGER undertaking_link_is_of_one_class BEFORE INSERT OR UPDATE ON projects_undertakinglink FOR EACH ROW
    EXECUTE FUNCTION projects_same_class('controller_id', 'projects_organisation', 'controlled_id',
        'projects_organisation');

-- What happened to money, and what a check found, is added to and never rewritten.
CREATE TRIGGER movement_is_kept BEFORE UPDATE ON projects_movement
    FOR EACH ROW EXECUTE FUNCTION projects_append_only();
CREATE TRIGGER counterpart_check_is_kept BEFORE UPDATE ON projects_counterpartcheck
    FOR EACH ROW EXECUTE FUNCTION projects_append_only();

-- A cancellation and what it cancels stand on the same line; a claim rests on a counterpart of its line.
CREATE FUNCTION projects_movement_stays_on_its_line() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM projects_movement m WHERE m.id = NEW.cancels_id
               AND (m.line_id <> NEW.line_id OR m.kind = 'cancelled'))
       OR EXISTS (SELECT 1 FROM projects_counterpart c WHERE c.id = NEW.counterpart_id AND c.line_id <> NEW.line_id)
    THEN
        RAISE EXCEPTION 'movement of another line' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER movement_stays_on_its_line BEFORE INSERT ON projects_movement
    FOR EACH ROW EXECUTE FUNCTION projects_movement_stays_on_its_line();

-- The shares of a line make the whole, looked at when the transaction ends.
CREATE FUNCTION projects_shares_make_the_whole() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    line bigint := CASE WHEN TG_OP = 'DELETE' THEN OLD.line_id ELSE NEW.line_id END;
    whole numeric;
BEGIN
    SELECT sum(share) INTO whole FROM projects_beneficiary WHERE line_id = line;
    IF whole IS NOT NULL AND whole <> 1 THEN
        RAISE EXCEPTION 'shares of funding line % add up to %, not to 1', line, whole
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER shares_make_the_whole AFTER INSERT OR UPDATE OR DELETE ON projects_beneficiary
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION projects_shares_make_the_whole();

ALTER TABLE projects_beneficiary ADD CONSTRAINT beneficiary_siret_check_digit
    CHECK (siret = '' OR projects_is_siret(siret) = (origin <> 2));
