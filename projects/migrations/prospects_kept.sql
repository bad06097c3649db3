-- What was passed, declared, answered or opened is added to and never rewritten.
CREATE TRIGGER prospect_passage_is_kept BEFORE UPDATE ON projects_prospectpassage
    FOR EACH ROW EXECUTE FUNCTION projects_append_only();
CREATE TRIGGER answer_is_kept BEFORE UPDATE ON projects_confirmationanswer
    FOR EACH ROW EXECUTE FUNCTION projects_append_only();
-- Past weights are what calibration judges, openings of a case under NDA are what its parties may ask for:
-- they go away with the demonstration set (origin 2) and in no other way.
CREATE FUNCTION projects_kept_but_demo() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE told smallint;
BEGIN
    IF TG_OP = 'DELETE' THEN
        CASE TG_TABLE_NAME
            WHEN 'projects_ndaaccess' THEN SELECT origin INTO told FROM projects_prospect WHERE id = OLD.prospect_id;
            WHEN 'projects_weight' THEN SELECT origin INTO told FROM projects_weightset WHERE id = OLD.weights_id;
            ELSE told := OLD.origin;
        END CASE;
        IF told = 2 THEN
            RETURN OLD;
        END IF;
    END IF;
    RAISE EXCEPTION 'append-only: % of % is refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER nda_access_is_kept BEFORE UPDATE OR DELETE ON projects_ndaaccess
    FOR EACH ROW EXECUTE FUNCTION projects_kept_but_demo();
CREATE TRIGGER weight_set_is_kept BEFORE UPDATE OR DELETE ON projects_weightset
    FOR EACH ROW EXECUTE FUNCTION projects_kept_but_demo();
CREATE TRIGGER weight_is_kept BEFORE UPDATE OR DELETE ON projects_weight
    FOR EACH ROW EXECUTE FUNCTION projects_kept_but_demo();
