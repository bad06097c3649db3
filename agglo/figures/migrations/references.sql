-- Half of what foreign keys from observations to series and releases guarantee: none is removed under an
-- observation. The other half, no observation without them, is in more_references.sql.

CREATE OR REPLACE FUNCTION figures_still_referenced() RETURNS trigger LANGUAGE plpgsql AS $$
-- Argument: the column of observations that points here.
DECLARE
    used boolean;
BEGIN
    EXECUTE format('SELECT EXISTS (SELECT 1 FROM figures_observation WHERE %I = $1)', TG_ARGV[0])
        INTO used USING OLD.id;
    IF used THEN
        RAISE EXCEPTION 'Cette ligne de % porte des observations : elle ne se supprime pas.', TG_TABLE_NAME
            USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN OLD;
END $$;

CREATE TRIGGER series_still_referenced BEFORE DELETE OR UPDATE OF id ON figures_series
    FOR EACH ROW EXECUTE FUNCTION figures_still_referenced('series_id');
CREATE TRIGGER release_still_referenced BEFORE DELETE OR UPDATE OF id ON figures_release
    FOR EACH ROW EXECUTE FUNCTION figures_still_referenced('release_id');
