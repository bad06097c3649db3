-- No observation without its series, release, quotation and author, at the price of one check per statement;
-- quotations and authors are kept as long as an observation names them.

CREATE OR REPLACE FUNCTION figures_known_references() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    orphan record;
BEGIN
    SELECT n.* INTO orphan
    FROM (SELECT DISTINCT series_id, release_id, quotation_id, author_id FROM new_rows) n
    LEFT JOIN figures_series s ON s.id = n.series_id
    LEFT JOIN figures_release r ON r.id = n.release_id
    LEFT JOIN figures_quotation q ON q.id = n.quotation_id
    LEFT JOIN accounts_user a ON a.id = n.author_id
    WHERE s.id IS NULL OR r.id IS NULL
       OR (n.quotation_id IS NOT NULL AND q.id IS NULL) OR (n.author_id IS NOT NULL AND a.id IS NULL)
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'Observation qui renvoie à ce qui n’existe pas : %.', to_jsonb(orphan)
            USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER observation_known_references AFTER INSERT ON figures_observation
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION figures_known_references();
CREATE TRIGGER quotation_still_referenced BEFORE DELETE OR UPDATE OF id ON figures_quotation
    FOR EACH ROW EXECUTE FUNCTION figures_still_referenced('quotation_id');
CREATE TRIGGER user_still_referenced BEFORE DELETE OR UPDATE OF id ON accounts_user
    FOR EACH ROW EXECUTE FUNCTION figures_still_referenced('author_id');
