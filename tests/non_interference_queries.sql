-- Three hundred questions to a table of which something is hidden, one a line.
-- Two tables that differ only in what is hidden must answer each of them alike: rows, errors and counts.
SELECT * FROM s.t
SELECT count(*) FROM s.t
SELECT * FROM s.t ORDER BY id DESC LIMIT 17
SELECT id FROM s.t ORDER BY id OFFSET 31
SELECT DISTINCT tenant, ok FROM s.t ORDER BY ALL
SELECT id FROM s.t ORDER BY id
SELECT tenant FROM s.t ORDER BY id
SELECT txt FROM s.t ORDER BY id
SELECT num FROM s.t ORDER BY id
SELECT ratio FROM s.t ORDER BY id
SELECT amount FROM s.t ORDER BY id
SELECT dt FROM s.t ORDER BY id
SELECT ok FROM s.t ORDER BY id
SELECT note FROM s.t ORDER BY id
SELECT addr FROM s.t ORDER BY id
SELECT tags FROM s.t ORDER BY id
SELECT props FROM s.t ORDER BY id
SELECT p FROM s.t ORDER BY id
SELECT owner FROM s.t ORDER BY id
SELECT ssn FROM s.t ORDER BY id
SELECT count(id), count(DISTINCT id), min(id), max(id) FROM s.t
SELECT count(tenant), count(DISTINCT tenant), min(tenant), max(tenant) FROM s.t
SELECT count(txt), count(DISTINCT txt), min(txt), max(txt) FROM s.t
SELECT count(num), count(DISTINCT num), min(num), max(num) FROM s.t
SELECT count(ratio), count(DISTINCT ratio), min(ratio), max(ratio) FROM s.t
SELECT count(amount), count(DISTINCT amount), min(amount), max(amount) FROM s.t
SELECT count(dt), count(DISTINCT dt), min(dt), max(dt) FROM s.t
SELECT count(ok), count(DISTINCT ok), min(ok), max(ok) FROM s.t
SELECT count(note), count(DISTINCT note), min(note), max(note) FROM s.t
SELECT count(addr), count(DISTINCT addr), min(addr), max(addr) FROM s.t
SELECT count(tags), count(DISTINCT tags), min(tags), max(tags) FROM s.t
SELECT count(props), count(DISTINCT props), min(props), max(props) FROM s.t
SELECT count(p), count(DISTINCT p), min(p), max(p) FROM s.t
SELECT count(owner), count(DISTINCT owner), min(owner), max(owner) FROM s.t
SELECT count(ssn), count(DISTINCT ssn), min(ssn), max(ssn) FROM s.t
SELECT sum(num), avg(num), stddev(num), median(num), quantile_disc(num, 0.9) FROM s.t
SELECT sum(ratio), avg(ratio), stddev(ratio), median(ratio), quantile_disc(ratio, 0.9) FROM s.t
SELECT sum(amount), avg(amount), stddev(amount), median(amount), quantile_disc(amount, 0.9) FROM s.t
SELECT tenant, count(*) FROM s.t GROUP BY 1 ORDER BY 2 DESC, 1 NULLS LAST LIMIT 20
SELECT ok, count(*) FROM s.t GROUP BY 1 ORDER BY 2 DESC, 1 NULLS LAST LIMIT 20
SELECT dt, count(*) FROM s.t GROUP BY 1 ORDER BY 2 DESC, 1 NULLS LAST LIMIT 20
SELECT note, count(*) FROM s.t GROUP BY 1 ORDER BY 2 DESC, 1 NULLS LAST LIMIT 20
SELECT addr.city, count(*) FROM s.t GROUP BY 1 ORDER BY 2 DESC, 1 NULLS LAST LIMIT 20
SELECT addr.zip, count(*) FROM s.t GROUP BY 1 ORDER BY 2 DESC, 1 NULLS LAST LIMIT 20
SELECT p, count(*) FROM s.t GROUP BY 1 ORDER BY 2 DESC, 1 NULLS LAST LIMIT 20
SELECT tags, count(*) FROM s.t GROUP BY 1 ORDER BY 2 DESC, 1 NULLS LAST LIMIT 20
SELECT count(*) FROM s.t WHERE id IS NULL
SELECT count(*) FROM s.t WHERE tenant IS NULL
SELECT count(*) FROM s.t WHERE txt IS NULL
SELECT count(*) FROM s.t WHERE num IS NULL
SELECT count(*) FROM s.t WHERE ratio IS NULL
SELECT count(*) FROM s.t WHERE amount IS NULL
SELECT count(*) FROM s.t WHERE dt IS NULL
SELECT count(*) FROM s.t WHERE ok IS NULL
SELECT count(*) FROM s.t WHERE note IS NULL
SELECT count(*) FROM s.t WHERE addr IS NULL
SELECT count(*) FROM s.t WHERE tags IS NULL
SELECT count(*) FROM s.t WHERE props IS NULL
SELECT count(*) FROM s.t WHERE p IS NULL
SELECT count(*) FROM s.t WHERE owner IS NULL
SELECT count(*) FROM s.t WHERE ssn IS NULL
SELECT count(*), count(addr.city) FROM s.t WHERE addr.city IS NOT NULL
SELECT id, addr.city FROM s.t ORDER BY id LIMIT 40
SELECT count(*), count(addr.zip) FROM s.t WHERE addr.zip IS NOT NULL
SELECT id, addr.zip FROM s.t ORDER BY id LIMIT 40
SELECT count(*), count(addr.ssn) FROM s.t WHERE addr.ssn IS NOT NULL
SELECT id, addr.ssn FROM s.t ORDER BY id LIMIT 40
SELECT count(*), count(addr.geo) FROM s.t WHERE addr.geo IS NOT NULL
SELECT id, addr.geo FROM s.t ORDER BY id LIMIT 40
SELECT count(*), count(addr.geo.lat) FROM s.t WHERE addr.geo.lat IS NOT NULL
SELECT id, addr.geo.lat FROM s.t ORDER BY id LIMIT 40
SELECT count(*), count(addr.geo.tag) FROM s.t WHERE addr.geo.tag IS NOT NULL
SELECT id, addr.geo.tag FROM s.t ORDER BY id LIMIT 40
SELECT count(*) FROM s.t WHERE id = 5
SELECT count(*) FROM s.t WHERE id = 1000000
SELECT count(*) FROM s.t WHERE id = -1
SELECT id FROM s.t WHERE id > 5 ORDER BY id LIMIT 9
SELECT count(*) FROM s.t WHERE num = 7
SELECT count(*) FROM s.t WHERE num = 9223372036854775807
SELECT count(*) FROM s.t WHERE num = -9223372036854775808
SELECT count(*) FROM s.t WHERE num = 0
SELECT id FROM s.t WHERE num > 7 ORDER BY id LIMIT 9
SELECT count(*) FROM s.t WHERE ratio = 0.5
SELECT count(*) FROM s.t WHERE ratio = 1e308
SELECT count(*) FROM s.t WHERE ratio = 'nan'::DOUBLE
SELECT id FROM s.t WHERE ratio > 0.5 ORDER BY id LIMIT 9
SELECT count(*) FROM s.t WHERE amount = 1.25
SELECT count(*) FROM s.t WHERE amount = 99999999.99
SELECT id FROM s.t WHERE amount > 1.25 ORDER BY id LIMIT 9
SELECT count(*) FROM s.t WHERE dt = DATE '2024-02-01'
SELECT count(*) FROM s.t WHERE dt = DATE '9999-12-31'
SELECT count(*) FROM s.t WHERE dt = DATE '0001-01-01'
SELECT id FROM s.t WHERE dt > DATE '2024-02-01' ORDER BY id LIMIT 9
SELECT count(*) FROM s.t WHERE txt = '5'
SELECT count(*) FROM s.t WHERE txt = 'SECRET'
SELECT count(*) FROM s.t WHERE txt = ''
SELECT id FROM s.t WHERE txt > '5' ORDER BY id LIMIT 9
SELECT count(*) FROM s.t WHERE note = 'n5'
SELECT count(*) FROM s.t WHERE note = 'SECRET 1'
SELECT id FROM s.t WHERE note > 'n5' ORDER BY id LIMIT 9
SELECT count(*) FROM s.t WHERE tenant = 'mine'
SELECT count(*) FROM s.t WHERE tenant = 'other'
SELECT id FROM s.t WHERE tenant > 'mine' ORDER BY id LIMIT 9
SELECT count(*) FROM s.t WHERE addr.zip = 100
SELECT count(*) FROM s.t WHERE addr.zip = -5
SELECT id FROM s.t WHERE addr.zip > 100 ORDER BY id LIMIT 9
SELECT count(*) FROM s.t WHERE addr.city = 'c1'
SELECT count(*) FROM s.t WHERE addr.city = 'SECRET'
SELECT id FROM s.t WHERE addr.city > 'c1' ORDER BY id LIMIT 9
SELECT count(*) FROM s.t WHERE addr.ssn = 's1'
SELECT count(*) FROM s.t WHERE addr.ssn = 'SECRET'
SELECT id FROM s.t WHERE addr.ssn > 's1' ORDER BY id LIMIT 9
SELECT count(*) FROM s.t WHERE addr.geo.lat = 1.5
SELECT id FROM s.t WHERE addr.geo.lat > 1.5 ORDER BY id LIMIT 9
SELECT count(*) FROM s.t WHERE p = 'a'
SELECT count(*) FROM s.t WHERE p = 'b'
SELECT id FROM s.t WHERE p > 'a' ORDER BY id LIMIT 9
SELECT count(*) FROM s.t WHERE txt LIKE 'S%'
SELECT count(*) FROM s.t WHERE regexp_matches(txt, 'SEC|^[0-9]+$')
SELECT count(*) FROM s.t WHERE note LIKE 'S%'
SELECT count(*) FROM s.t WHERE regexp_matches(note, 'SEC|^[0-9]+$')
SELECT count(*) FROM s.t WHERE tenant LIKE 'S%'
SELECT count(*) FROM s.t WHERE regexp_matches(tenant, 'SEC|^[0-9]+$')
SELECT count(*) FROM s.t WHERE addr.city LIKE 'S%'
SELECT count(*) FROM s.t WHERE regexp_matches(addr.city, 'SEC|^[0-9]+$')
SELECT count(*) FROM s.t WHERE addr.ssn LIKE 'S%'
SELECT count(*) FROM s.t WHERE regexp_matches(addr.ssn, 'SEC|^[0-9]+$')
SELECT count(*) FROM s.t WHERE owner LIKE 'S%'
SELECT count(*) FROM s.t WHERE regexp_matches(owner, 'SEC|^[0-9]+$')
SELECT count(txt::INT) FROM s.t
SELECT count(txt::DATE) FROM s.t
SELECT count(note::INT) FROM s.t
SELECT count(note::DOUBLE) FROM s.t
SELECT count(note::JSON) FROM s.t
SELECT count(note::UUID) FROM s.t
SELECT count(num::TINYINT) FROM s.t
SELECT count(num::UINTEGER) FROM s.t
SELECT count(ratio::INT) FROM s.t
SELECT count(amount::UTINYINT) FROM s.t
SELECT count(addr.city::INT) FROM s.t
SELECT count(addr.zip::TINYINT) FROM s.t
SELECT count(addr.ssn::INT) FROM s.t
SELECT count(addr.geo.lat::SMALLINT) FROM s.t
SELECT count(addr.geo.tag::DATE) FROM s.t
SELECT count(tags[1]::INT) FROM s.t
SELECT count(tags::INT[]) FROM s.t
SELECT count(addr::STRUCT(city INT)) FROM s.t
SELECT count(addr::JSON) FROM s.t
SELECT count(dt::TIMESTAMP + INTERVAL 290000 YEAR) FROM s.t
SELECT count(props['k']::INT) FROM s.t
SELECT count(addr::VARCHAR::INT) FROM s.t
SELECT count(TRY_CAST(txt AS INT)) FROM s.t
SELECT id FROM s.t WHERE txt::INT >= 0 ORDER BY id LIMIT 5
SELECT count(TRY_CAST(note AS INT)) FROM s.t
SELECT id FROM s.t WHERE note::INT >= 0 ORDER BY id LIMIT 5
SELECT count(TRY_CAST(addr.city AS INT)) FROM s.t
SELECT id FROM s.t WHERE addr.city::INT >= 0 ORDER BY id LIMIT 5
SELECT count(TRY_CAST(addr.zip AS TINYINT)) FROM s.t
SELECT id FROM s.t WHERE addr.zip::TINYINT >= 0 ORDER BY id LIMIT 5
SELECT count(TRY_CAST(tags[1] AS INT)) FROM s.t
SELECT id FROM s.t WHERE tags[1]::INT >= 0 ORDER BY id LIMIT 5
SELECT count(TRY_CAST(num AS TINYINT)) FROM s.t
SELECT id FROM s.t WHERE num::TINYINT >= 0 ORDER BY id LIMIT 5
SELECT count(1000 // num) FROM s.t
SELECT count(1000 % num) FROM s.t
SELECT count(num * num * num) FROM s.t
SELECT count(num + 9223372036854775807) FROM s.t
SELECT count(-num) FROM s.t
SELECT count(abs(num)) FROM s.t
SELECT count(num << 62) FROM s.t
SELECT count(factorial(num::INT)) FROM s.t
SELECT count(sqrt(num)) FROM s.t
SELECT count(ln(num)) FROM s.t
SELECT count(log10(ratio)) FROM s.t
SELECT count(acos(ratio)) FROM s.t
SELECT count(exp(ratio)) FROM s.t
SELECT count(amount * 100000000) FROM s.t
SELECT count(amount / 0) FROM s.t
SELECT count(1 / addr.zip) FROM s.t
SELECT count(10 // addr.zip) FROM s.t
SELECT count(addr.zip * 1000000000) FROM s.t
SELECT count(chr(num::INT)) FROM s.t
SELECT count(repeat(note, num)) FROM s.t
SELECT count(strptime(note, '%Y')) FROM s.t
SELECT count(make_date(2024, num, 1)) FROM s.t
SELECT count(json_extract(note, '$.a')) FROM s.t
SELECT count(json_extract(addr::JSON, '$.ssn')) FROM s.t
SELECT count(error(note)) FROM s.t
SELECT count(CASE WHEN note LIKE 'SEC%' THEN error(note) END) FROM s.t
SELECT count(CASE WHEN addr.zip < 0 THEN error('neg') END) FROM s.t
SELECT count(list_extract(tags, num)) FROM s.t
SELECT count(substring(txt, num, 3)) FROM s.t
SELECT count(decode(txt::BLOB)) FROM s.t
SELECT count(from_base64(note)) FROM s.t
SELECT count(unhex(note)) FROM s.t
SELECT count(bitstring(note, 8)) FROM s.t
SELECT count(range(num)) FROM s.t
SELECT count(to_days(num::INT)) FROM s.t
SELECT count(date_trunc(note, dt)) FROM s.t
SELECT count(regexp_matches('x', note)) FROM s.t
SELECT count(*) FROM s.t a JOIN s.t b ON a.num = b.num
SELECT count(*) FROM s.t a JOIN s.t b ON a.note = b.note
SELECT count(*) FROM s.t a JOIN s.t b ON a.addr.city = b.addr.city
SELECT count(*) FROM s.t a JOIN s.t b ON a.addr.zip = b.addr.zip
SELECT count(*) FROM s.t a JOIN s.t b ON a.txt = b.txt
SELECT a.id, b.id FROM s.t a LEFT JOIN s.t b ON a.id = b.num ORDER BY ALL LIMIT 20
SELECT count(*) FROM s.t a FULL JOIN s.t b ON a.num = b.id
SELECT count(*) FROM s.t NATURAL JOIN s.t b
SELECT count(*) FROM s.t JOIN (VALUES ('SECRET'), ('5')) v(x) ON txt = x
SELECT count(*) FROM s.t SEMI JOIN (SELECT -1 AS num) n USING (num)
SELECT count(*) FROM s.t ANTI JOIN (SELECT 9223372036854775807 AS num) n USING (num)
SELECT count(*) FROM s.t a CROSS JOIN (SELECT addr.city AS c FROM s.t ORDER BY id LIMIT 3) b WHERE a.addr.city = b.c
SELECT a.id, b.id FROM s.t a ASOF JOIN s.t b ON a.num >= b.num ORDER BY ALL LIMIT 10
SELECT count(*) FROM s.t a, s.t b WHERE a.id < b.num AND b.id < 20
SELECT count(*) FROM s.t, LATERAL (SELECT addr.zip + 1) z(v) WHERE v > 3
SELECT count(*) FROM s.t JOIN s.t b USING (ssn)
SELECT id, row_number() OVER (ORDER BY num, id) FROM s.t ORDER BY id LIMIT 30
SELECT id, lag(note) OVER (ORDER BY id) FROM s.t ORDER BY id LIMIT 30
SELECT id, sum(num) OVER (PARTITION BY ok ORDER BY id ROWS 3 PRECEDING) FROM s.t ORDER BY id
SELECT id, rank() OVER (ORDER BY addr.zip) FROM s.t ORDER BY id
SELECT id, first_value(addr) OVER (PARTITION BY tenant ORDER BY id) FROM s.t ORDER BY id LIMIT 25
SELECT ntile(4) OVER (ORDER BY id), count(*) OVER () FROM s.t ORDER BY 1
SELECT id FROM s.t QUALIFY row_number() OVER (PARTITION BY tenant ORDER BY note, id) = 1 ORDER BY id
SELECT id, percent_rank() OVER (ORDER BY ratio) FROM s.t ORDER BY id LIMIT 12
SELECT id FROM s.t WHERE num = (SELECT max(num) FROM s.t) ORDER BY id
SELECT id FROM s.t WHERE id IN (SELECT num FROM s.t) ORDER BY id
SELECT id FROM s.t WHERE num >= ALL (SELECT num FROM s.t WHERE num IS NOT NULL) ORDER BY id
SELECT EXISTS (SELECT 1 FROM s.t WHERE note LIKE 'SECRET%')
SELECT EXISTS (SELECT 1 FROM s.t WHERE addr.ssn IS NOT NULL)
SELECT (SELECT id FROM s.t)
SELECT (SELECT note FROM s.t WHERE num = 9223372036854775807)
SELECT id FROM s.t EXCEPT SELECT num FROM s.t ORDER BY 1
SELECT num FROM s.t INTERSECT SELECT id FROM s.t ORDER BY 1
SELECT note FROM s.t UNION SELECT txt FROM s.t ORDER BY 1 NULLS FIRST
WITH RECURSIVE r AS (SELECT min(id) AS x FROM s.t UNION ALL SELECT x + 1 FROM r WHERE x < 5) SELECT * FROM r
WITH a AS MATERIALIZED (SELECT * FROM s.t) SELECT count(*), max(id) FROM a
SELECT id, (SELECT count(*) FROM s.t b WHERE b.num < a.num) FROM s.t a ORDER BY id LIMIT 6
SELECT t FROM s.t ORDER BY id LIMIT 8
SELECT to_json(t) FROM s.t ORDER BY id LIMIT 8
SELECT struct_extract(addr, 'ssn') FROM s.t
SELECT addr['ssn'] FROM s.t ORDER BY id
SELECT addr[3] FROM s.t ORDER BY id
SELECT struct_extract_at(addr, 1) FROM s.t ORDER BY id LIMIT 12
SELECT unnest(addr) FROM s.t ORDER BY id LIMIT 12
SELECT addr.* FROM s.t ORDER BY id LIMIT 12
SELECT typeof(addr) FROM s.t LIMIT 1
SELECT to_json(addr) FROM s.t ORDER BY id LIMIT 20
SELECT addr::VARCHAR FROM s.t ORDER BY id
SELECT struct_pack(z := addr.zip, s := addr.ssn) FROM s.t ORDER BY id
SELECT struct_insert(addr, x := 1) FROM s.t ORDER BY id LIMIT 6
SELECT addr = addr FROM s.t ORDER BY id
SELECT hash(addr) FROM s.t ORDER BY id LIMIT 9
SELECT list(addr ORDER BY id)[1:4] FROM s.t
SELECT min(addr), max(addr) FROM s.t
SELECT json_keys(to_json(addr)) FROM s.t ORDER BY id LIMIT 3
SELECT array_agg(addr.geo ORDER BY id)[1:3] FROM s.t
SELECT addr.geo.* FROM s.t ORDER BY id LIMIT 7
SELECT unnest(tags), id FROM s.t ORDER BY ALL LIMIT 30
SELECT len(tags), tags[1] FROM s.t ORDER BY id
SELECT map_keys(props), map_values(props) FROM s.t ORDER BY id
SELECT list_transform(tags, lambda x: x || '!') FROM s.t ORDER BY id LIMIT 9
SELECT list_filter(tags, lambda x: x::INT > 3) FROM s.t
SELECT string_agg(note, ',' ORDER BY id) FROM s.t
SELECT histogram(ok) FROM s.t
SELECT mode(tenant), entropy(num), kurtosis(ratio), skewness(amount) FROM s.t
SELECT approx_count_distinct(num), approx_count_distinct(note) FROM s.t
SELECT arg_max(id, num), arg_min(note, id), max_by(addr, id) FROM s.t
SELECT bool_and(ok), bit_or(num), bit_xor(num), product(ratio) FROM s.t
SELECT corr(num, id), covar_pop(ratio, id), regr_slope(num, id) FROM s.t
SELECT first(note ORDER BY id), last(note ORDER BY id), any_value(num ORDER BY id) FROM s.t
SELECT grouping(ok), ok, tenant, count(*), sum(num % 100) FROM s.t GROUP BY CUBE (ok, tenant) ORDER BY ALL
SELECT ok, count(*) FILTER (note IS NULL), count(*) FILTER (addr.zip > 0) FROM s.t GROUP BY ok ORDER BY ok
SELECT count(*) FROM s.t GROUP BY tenant HAVING max(num) > 5 ORDER BY 1
SELECT sum(hash(note) % 1000) FROM s.t
SELECT md5(string_agg(t::VARCHAR, '|' ORDER BY id)) FROM s.t
SELECT rowid FROM s.t
SELECT filename FROM s.t
SELECT file_row_number FROM s.t
SELECT t.ssn FROM s.t t
SELECT * EXCLUDE (ssn) FROM s.t ORDER BY id
SELECT * REPLACE (1 AS ssn) FROM s.t
SELECT COLUMNS('.*s.*') FROM s.t ORDER BY id LIMIT 4
SELECT addr.nosuch FROM s.t
SELECT addr.geo.nosuch FROM s.t
SELECT nosuch FROM s.t
EXPLAIN SELECT * FROM s.t
EXPLAIN ANALYZE SELECT * FROM s.t
DESCRIBE s.t
DESCRIBE SELECT addr FROM s.t
SUMMARIZE s.t
SHOW TABLES
SELECT * FROM s.t USING SAMPLE 10 ROWS REPEATABLE (3)
SELECT count(*) FROM s.u
SELECT stats(num) FROM s.t
PIVOT (SELECT ok, id FROM s.t) ON ok IN (true, false) USING count(id)
UNPIVOT (SELECT id, num FROM s.t ORDER BY id LIMIT 3) ON id, num
SELECT count(*) FROM s.t WHERE ssn = 'x'
SELECT max(owner) FROM s.t
SELECT id AS ssn FROM s.t ORDER BY ssn DESC LIMIT 3
SELECT count(*) FROM s.t WHERE addr.ssn = 'SECRET' OR true
