-- A territory belongs to one larger territory of each kind at a time. PostgreSQL without btree_gist cannot say it
-- with an exclusion constraint; the trigger takes a lock on the child first, so that two writers cannot both pass.
CREATE OR REPLACE FUNCTION territory_one_parent_of_a_kind() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    parent_kind text;
    clash bigint;
BEGIN
    PERFORM 1 FROM territory_territory WHERE subject_id = NEW.child_id FOR NO KEY UPDATE;
    SELECT kind INTO parent_kind FROM territory_territory WHERE subject_id = NEW.parent_id;
    SELECT m.id INTO clash
    FROM territory_membership m JOIN territory_territory p ON p.subject_id = m.parent_id
    WHERE m.child_id = NEW.child_id AND m.id <> NEW.id AND p.kind = parent_kind
      AND daterange(m.valid_from, m.valid_to, '[)') && daterange(NEW.valid_from, NEW.valid_to, '[)')
    LIMIT 1;
    IF clash IS NOT NULL THEN
        RAISE EXCEPTION 'Ce territoire appartient déjà à un autre de même niveau (%) à ces dates.', parent_kind
            USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'membership_one_parent_of_a_kind';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER membership_one_parent_of_a_kind AFTER INSERT OR UPDATE ON territory_membership
    FOR EACH ROW EXECUTE FUNCTION territory_one_parent_of_a_kind();

-- The level of a territory is the scheme of its subject: told twice, and never differently.
CREATE OR REPLACE FUNCTION territory_kind_is_its_scheme() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM figures_subject WHERE id = NEW.subject_id AND scheme = NEW.kind) THEN
        RAISE EXCEPTION 'Le niveau du territoire (%) n’est pas celui de son sujet.', NEW.kind
            USING ERRCODE = 'check_violation', CONSTRAINT = 'territory_kind_is_its_scheme';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER territory_kind_is_its_scheme BEFORE INSERT OR UPDATE OF kind, subject_id ON territory_territory
    FOR EACH ROW EXECUTE FUNCTION territory_kind_is_its_scheme();
