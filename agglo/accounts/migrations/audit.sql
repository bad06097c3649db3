-- The audit trail: written by triggers, whatever program makes the change; never changed, never deleted.

CREATE FUNCTION audit_forbid() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' AND current_setting('agglo.maintenance', true) = 'on' THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'append-only: % of % is refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION audit_forbid();
CREATE TRIGGER audit_entry_not_emptied BEFORE TRUNCATE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION audit_forbid();

-- Arguments of the trigger: the key column, the columns whose value stays secret, those not worth an entry.
CREATE FUNCTION audit_record() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    key_column text := TG_ARGV[0];
    secret text[] := TG_ARGV[1];
    silent text[] := TG_ARGV[2];
    old_row jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) - silent ELSE '{}' END;
    new_row jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) - silent ELSE '{}' END;
    old_part jsonb;
    new_part jsonb;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        SELECT coalesce(jsonb_object_agg(o.key, o.value), '{}'), coalesce(jsonb_object_agg(o.key, n.value), '{}')
            INTO old_part, new_part
            FROM jsonb_each(old_row) o JOIN jsonb_each(new_row) n ON n.key = o.key
            WHERE o.value IS DISTINCT FROM n.value;
        IF old_part = '{}' THEN
            RETURN NULL;
        END IF;
    ELSE
        old_part := old_row;
        new_part := new_row;
    END IF;
    -- That a secret changed is worth knowing; what it was is not.
    SELECT coalesce(jsonb_object_agg(key, CASE WHEN key = ANY (secret) THEN '"•"' ELSE value END), '{}')
        INTO old_part FROM jsonb_each(old_part);
    SELECT coalesce(jsonb_object_agg(key, CASE WHEN key = ANY (secret) THEN '"•"' ELSE value END), '{}')
        INTO new_part FROM jsonb_each(new_part);
    INSERT INTO audit_entry (at, txid, table_name, row_id, action, before, after, user_id, actor)
    VALUES (
        clock_timestamp(),
        pg_current_xact_id()::text::bigint,
        TG_TABLE_NAME,
        CASE WHEN TG_OP = 'DELETE' THEN to_jsonb(OLD) ELSE to_jsonb(NEW) END ->> key_column,
        lower(TG_OP),
        old_part,
        new_part,
        nullif(current_setting('agglo.user_id', true), '')::bigint,
        coalesce(
            nullif(current_setting('agglo.actor', true), ''),
            nullif(current_setting('application_name', true), ''),
            session_user
        )
    );
    RETURN NULL;
END $$;
