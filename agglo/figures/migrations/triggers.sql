-- The rules no program may forget: the ledger is append-only, and knowledge intervals never overlap.

CREATE OR REPLACE FUNCTION figures_only_closing() RETURNS trigger LANGUAGE plpgsql AS $$
-- Arguments: the columns that may change. The first is an end date, written once.
DECLARE
    allowed text[] := TG_ARGV;
    closing text := TG_ARGV[0];
BEGIN
    IF (to_jsonb(OLD) - allowed) IS DISTINCT FROM (to_jsonb(NEW) - allowed) THEN
        RAISE EXCEPTION 'Une ligne de % ne se modifie pas : on la clôt, puis on en écrit une autre.', TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF to_jsonb(OLD) ->> closing IS NOT NULL
       AND to_jsonb(OLD) ->> closing IS DISTINCT FROM to_jsonb(NEW) ->> closing THEN
        RAISE EXCEPTION 'Cette ligne de % est déjà close : sa date de fin ne change plus.', TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION figures_no_deletion() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Rien ne se supprime de % : le registre garde ce qui a été su.', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;

-- Emptying tables is for the test runner alone, which says so with this setting.
CREATE OR REPLACE FUNCTION figures_no_truncation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF coalesce(current_setting('agglo.maintenance', true), '') <> 'on' THEN
        RAISE EXCEPTION 'La table % ne se vide pas.', TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

-- Once per statement, so that a load of a million rows pays it once. Two open intervals are already
-- refused by the unique index; what is left is an interval that meets a closed one.
CREATE OR REPLACE FUNCTION figures_no_overlap() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    clash record;
BEGIN
    SELECT n.series_id, n.period_start INTO clash
    FROM new_rows n JOIN figures_observation o
      ON o.series_id = n.series_id AND o.period_start = n.period_start AND o.period_end = n.period_end
     AND o.known_to IS NOT NULL AND o.id <> n.id
     AND n.known_from < o.known_to AND (n.known_to IS NULL OR o.known_from < n.known_to)
    LIMIT 1;
    IF NOT FOUND AND EXISTS (SELECT 1 FROM new_rows WHERE known_to IS NOT NULL) THEN
        SELECT n.series_id, n.period_start INTO clash
        FROM new_rows n JOIN figures_observation o
          ON o.series_id = n.series_id AND o.period_start = n.period_start AND o.period_end = n.period_end
         AND o.known_to IS NULL
        WHERE n.known_to > o.known_from
        LIMIT 1;
    END IF;
    IF NOT FOUND AND EXISTS (SELECT 1 FROM new_rows WHERE period_start IS NULL) THEN
        SELECT n.series_id, n.period_start INTO clash
        FROM new_rows n JOIN figures_observation o
          ON o.series_id = n.series_id AND o.period_start IS NULL AND o.id <> n.id
         AND n.known_from < coalesce(o.known_to, 'infinity')
         AND o.known_from < coalesce(n.known_to, 'infinity')
        WHERE n.period_start IS NULL
        LIMIT 1;
    END IF;
    IF clash IS NOT NULL THEN
        RAISE EXCEPTION 'Deux intervalles de connaissance se recouvrent (série %, période du %).',
            clash.series_id, clash.period_start USING ERRCODE = 'exclusion_violation';
    END IF;
    RETURN NULL;
END $$;

-- One row per transaction that changed something; a statement that touched no row leaves no trace.
CREATE OR REPLACE FUNCTION figures_log_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM new_rows) THEN
        INSERT INTO figures_change (txid, at)
        VALUES (pg_current_xact_id()::text::bigint, now())
        ON CONFLICT (txid) DO NOTHING;
    END IF;
    RETURN NULL;
END $$;

-- A definition that already carries series is a new version, never an edit.
CREATE OR REPLACE FUNCTION figures_definition_is_versioned() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.definition, OLD.counted_unit, OLD.symbol, OLD.kind, OLD.numerator_id, OLD.denominator_id)
       IS DISTINCT FROM
       (NEW.definition, NEW.counted_unit, NEW.symbol, NEW.kind, NEW.numerator_id, NEW.denominator_id)
       AND EXISTS (SELECT 1 FROM figures_series s WHERE s.measure_version_id = OLD.id) THEN
        RAISE EXCEPTION 'La définition « % » porte déjà des séries : créez une nouvelle version.', OLD.name
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

-- Fictional demonstration rows are the only ones that may go.
CREATE TRIGGER observation_no_deletion BEFORE DELETE ON figures_observation
    FOR EACH ROW WHEN (OLD.origin <> 2) EXECUTE FUNCTION figures_no_deletion();
CREATE TRIGGER observation_no_truncation BEFORE TRUNCATE ON figures_observation
    FOR EACH STATEMENT EXECUTE FUNCTION figures_no_truncation();
CREATE TRIGGER observation_no_overlap AFTER INSERT ON figures_observation
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION figures_no_overlap();
CREATE TRIGGER observation_log_insert AFTER INSERT ON figures_observation
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION figures_log_change();
CREATE TRIGGER observation_log_update AFTER UPDATE ON figures_observation
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION figures_log_change();

CREATE TRIGGER measureversion_is_versioned BEFORE UPDATE ON figures_measureversion
    FOR EACH ROW EXECUTE FUNCTION figures_definition_is_versioned();
CREATE TRIGGER retainedchoice_only_closing BEFORE UPDATE ON figures_retainedchoice
    FOR EACH ROW EXECUTE FUNCTION figures_only_closing('superseded_at');
CREATE TRIGGER retainedchoice_no_deletion BEFORE DELETE ON figures_retainedchoice
    FOR EACH ROW EXECUTE FUNCTION figures_no_deletion();
CREATE TRIGGER target_only_closing BEFORE UPDATE ON figures_target
    FOR EACH ROW EXECUTE FUNCTION figures_only_closing('superseded_at');
CREATE TRIGGER target_no_deletion BEFORE DELETE ON figures_target
    FOR EACH ROW EXECUTE FUNCTION figures_no_deletion();
CREATE TRIGGER reviewevent_no_deletion BEFORE DELETE ON figures_reviewevent
    FOR EACH ROW EXECUTE FUNCTION figures_no_deletion();
CREATE TRIGGER reviewevent_only_closing BEFORE UPDATE ON figures_reviewevent
    FOR EACH ROW EXECUTE FUNCTION figures_only_closing('id');

-- Reading: what is held now, and what was held before. Both are partial, so each row stands in one of them.
CREATE UNIQUE INDEX observation_one_open ON figures_observation (series_id, period_start, period_end)
    INCLUDE (value, state, known_from) NULLS NOT DISTINCT WHERE known_to IS NULL;
CREATE INDEX observation_closed ON figures_observation (series_id, period_start, period_end, known_to)
    WHERE known_to IS NOT NULL;
CREATE INDEX observation_corrections ON figures_observation (known_to) WHERE known_to IS NOT NULL;
-- Rows arrive release by release, so a block index is enough to find a release's rows.
CREATE INDEX observation_release ON figures_observation USING brin (release_id);
