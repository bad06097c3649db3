-- The same rule as figures_only_closing for observations, where a load may close a million rows: the condition is
-- tested by PostgreSQL itself, column by column, and a function is called only to refuse. Every column is named but
-- known_to and review, the two that may change.

CREATE OR REPLACE FUNCTION figures_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Une ligne de % ne se modifie pas : on la clôt, puis on en écrit une autre.', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE OR REPLACE FUNCTION figures_refuse_reopening() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Cette ligne de % est déjà close : sa date de fin ne change plus.', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE OR REPLACE TRIGGER observation_only_closing BEFORE UPDATE ON figures_observation
    FOR EACH ROW WHEN (
        (OLD.id, OLD.series_id, OLD.period_start, OLD.period_end, OLD.value, OLD.value_high, OLD.known_from,
         OLD.release_id, OLD.quotation_id, OLD.author_id, OLD.state, OLD.evidence, OLD.qualifier, OLD.dating,
         OLD.origin, OLD.reason, OLD.obs_status, OLD.reason_words)
        IS DISTINCT FROM
        (NEW.id, NEW.series_id, NEW.period_start, NEW.period_end, NEW.value, NEW.value_high, NEW.known_from,
         NEW.release_id, NEW.quotation_id, NEW.author_id, NEW.state, NEW.evidence, NEW.qualifier, NEW.dating,
         NEW.origin, NEW.reason, NEW.obs_status, NEW.reason_words)
    ) EXECUTE FUNCTION figures_refuse_change();
CREATE TRIGGER observation_stays_closed BEFORE UPDATE ON figures_observation
    FOR EACH ROW WHEN (OLD.known_to IS NOT NULL AND OLD.known_to IS DISTINCT FROM NEW.known_to)
    EXECUTE FUNCTION figures_refuse_reopening();
