-- The check digit of SIREN and SIRET, in the database: attested numbers pass it, invented ones fail it.
CREATE FUNCTION projects_luhn(digits text) RETURNS boolean LANGUAGE sql IMMUTABLE STRICT AS $$
    SELECT digits ~ '^[0-9]+$' AND (
        SELECT sum(CASE WHEN doubled > 9 THEN doubled - 9 ELSE doubled END) % 10 = 0
        FROM (SELECT substr(reverse(digits), rank, 1)::int * (1 + (rank + 1) % 2) AS doubled
              FROM generate_series(1, length(digits)) rank) each_digit)
$$;

-- La Poste ran out of numbers: the digits of its establishments add up to a multiple of five.
CREATE FUNCTION projects_is_siret(digits text) RETURNS boolean LANGUAGE sql IMMUTABLE STRICT AS $$
    SELECT digits ~ '^[0-9]{14}$' AND projects_luhn(left(digits, 9)) AND (
        projects_luhn(digits) OR (left(digits, 9) = '356000000' AND (
            SELECT sum(substr(digits, rank, 1)::int) % 5 = 0 FROM generate_series(1, 14) rank)))
$$;

ALTER TABLE projects_organisation ADD CONSTRAINT organisation_siren_check_digit
    CHECK (siren = '' OR projects_luhn(siren) = (origin <> 2));
ALTER TABLE projects_occupancy ADD CONSTRAINT occupancy_siret_check_digit
    CHECK (siret = '' OR projects_is_siret(siret) = (origin <> 2));
