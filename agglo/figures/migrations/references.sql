-- What foreign keys from observations to series and releases guarantee, at the price of one check per statement:
-- no observation without its series and release, no series or release removed under an observation.

CREATE OR REPLACE FUNCTION figures_known_references() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    orphan record;
BEGIN
    SELECT n.series_id, n.release_id INTO orphan
    FROM (SELECT DISTINCT series_id, release_id FROM new_rows) n
    LEFT JOIN figures_series s ON s.id = n.series_id
    LEFT JOIN figures_release r ON r.id = n.release_id
    WHERE s.id IS NULL OR r.id IS NULL
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'Observation sans série (%) ou sans édition (%).', orphan.series_id, orphan.release_id
            USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NULL;
END $$;

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

CREATE TRIGGER observation_known_references AFTER INSERT ON figures_observation
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION figures_known_references();
CREATE TRIGGER series_still_referenced BEFORE DELETE OR UPDATE OF id ON figures_series
    FOR EACH ROW EXECUTE FUNCTION figures_still_referenced('series_id');
CREATE TRIGGER release_still_referenced BEFORE DELETE OR UPDATE OF id ON figures_release
    FOR EACH ROW EXECUTE FUNCTION figures_still_referenced('release_id');
