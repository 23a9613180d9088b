// Non-interference: two lakes whose visible parts are equal and whose hidden rows, cells and columns are not
// must answer every query alike: the same rows in the same order, the same success, the same error text.
#include <gtest/gtest.h>

#include "query/fake_lake.h"

namespace weir::query {
namespace {

// Visible rows, well-formed in every column: any expression over them succeeds.
const char* const kVisible =
    "SELECT i AS id, 'mine' AS tenant, 'acme' AS owner, i::VARCHAR AS txt, i AS num, i / 8.0 AS ratio, DATE "
    "'2024-01-01' + i::INT AS dt, "
    "'{\"a\": ' || i || '}' AS js, '00000000-0000-0000-0000-' || lpad(i::VARCHAR, 12, '0') AS uid, '0101' AS "
    "bits, "
    "i % 2 = 0 AS open, CASE WHEN i % 2 = 0 THEN i::VARCHAR ELSE {cell} END AS note, {ssn} AS ssn, "
    "[i::VARCHAR, '5'] AS tags, {'a': i::VARCHAR} AS pair, MAP {'k': i::VARCHAR} AS props, i * 100 AS place "
    "FROM range(300) t(i)";
// The tame lake's hidden rows look like the visible ones.
const char* const kTame =
    "SELECT 1000 + i, 'other', 'else', '7', 7, 1.5, DATE '2024-01-01', '{}', "
    "'00000000-0000-0000-0000-000000000000', '0', true, '1', 'x', "
    "['8'], {'a': '9'}, MAP {'k': '3'}, i * 70 "
    "FROM range(400) t(i)";
// The wild lake's hidden rows are of another number, lie elsewhere and break whatever touches them.
const char* const kWild =
    "SELECT 9000000 + i, ['other', NULL, 'SECRET'][1 + i % 3], 'else', 'SECRET ' || i, "
    "[0, -1, 9223372036854775807, NULL][1 + i % 4]::BIGINT, ['nan', '-1', '0', '1e308'][1 + i % 4]::DOUBLE, "
    "[DATE '9999-12-31', NULL, DATE '0001-01-01'][1 + i % 3], '{SECRET', 'SECRET', 'SECRET', false, "
    "'SECRET', NULL, "
    "['SECRET', NULL, '{'], {'a': 'SECRET'}, MAP {'SECRET': 'SECRET'}, i * 3 FROM range(9000) t(i)";

std::string filled(std::string text, const std::string& name, const std::string& value) {
  for (size_t at; (at = text.find(name)) != std::string::npos;) text.replace(at, name.size(), value);
  return text;
}

class TwoLakes {
 public:
  TwoLakes() {
    make(tame_, "tame", kTame, "'3'", "'a'");
    make(wild_, "wild", kWild, "'SECRET ' || i", "'SECRET'");
  }

  void filter(const std::string& rows) {
    for (auto* lake : {&tame_, &wild_}) {
      auto& table = lake->table("s.t");
      show(table, {"id", "txt", "num", "ratio", "dt", "js", "uid", "bits", "open", "note", "tags", "pair", "props"},
           rows);
      mask(table, "note", "open = true");
    }
  }

  void expect_same(Engine& engine, const std::string& sql, const std::string& filter) {
    auto tame = answer(engine, tame_, sql);
    auto wild = answer(engine, wild_, sql);
    EXPECT_EQ(tame, wild) << sql << "\nunder " << filter;
    for (std::string hidden : {"SECRET", "ssn", "owner"}) {
      bool named = sql.find(hidden) != std::string::npos;
      EXPECT_TRUE(named || wild.find(hidden) == std::string::npos) << sql << "\n" << wild;
    }
    if (tame[0] != '!') ++succeeded;
  }

  int succeeded = 0;

 private:
  void make(FakeLake& lake, const std::string& name, const std::string& hidden, const std::string& cell,
            const std::string& ssn) {
    auto visible = filled(filled(kVisible, "{cell}", cell), "{ssn}", ssn);
    auto path = folder_.file(name + ".parquet");
    trusted("COPY (SELECT * EXCLUDE (place) FROM (" + visible + " UNION ALL " + hidden + ") ORDER BY place, id) TO '" +
            path + "' (FORMAT parquet, ROW_GROUP_SIZE 2048)");
    GovernedTable table{.database = "s",
                        .name = "t",
                        .columns = {{"id", "bigint"},
                                    {"tenant", "string"},
                                    {"owner", "string"},
                                    {"txt", "string"},
                                    {"num", "bigint"},
                                    {"ratio", "double"},
                                    {"dt", "date"},
                                    {"js", "string"},
                                    {"uid", "string"},
                                    {"bits", "string"},
                                    {"open", "boolean"},
                                    {"note", "string"},
                                    {"ssn", "string"},
                                    {"tags", "array<string>"},
                                    {"pair", "struct<a:string>"},
                                    {"props", "map<string,string>"}}};
    lake.add(std::move(table), {data_file(path)});
  }

  ScratchFolder folder_;
  FakeLake tame_;
  FakeLake wild_;
};

// Row filters that DuckDB could push, and ones it could not.
const char* const kFilters[] = {
    "tenant = 'mine'",
    "tenant = 'mine' or owner = 'acme'",
    "tenant like 'm%' and owner like '%me'",
    "not (owner = 'else') and tenant in ('mine', 'yours')",
    "id < 1000 and id >= 0",
};

// Expressions that raise errors on what the wild lake hides.
const char* const kProbes[] = {
    "CAST(txt AS INT) >= 0",
    "txt::BIGINT + 1 > 0",
    "txt::DOUBLE >= 0",
    "txt::DECIMAL(9,2) >= 0",
    "(txt || '')::UTINYINT IS NOT NULL OR true",
    "js::JSON IS NOT NULL",
    "json_extract(js, '$.a') IS NOT NULL",
    "js->'a' IS NOT NULL",
    "js->>'a' = txt",
    "json_extract_string(js, '$.a') = txt",
    "json_type(js) = 'OBJECT'",
    "json_keys(js) = ['a']",
    "json_array_length(js) = 0",
    "json_structure(js) IS NOT NULL",
    "json_contains(js, '1') OR true",
    "from_json(js, '{\"a\":\"INT\"}').a >= 0",
    "json_transform_strict(js, '{\"a\":\"INT\"}').a >= 0",
    "json_exists(js, '$.a')",
    "json_merge_patch(js, js) IS NOT NULL",
    "uid::UUID IS NOT NULL",
    "bits::BIT IS NOT NULL",
    "bit_count(bits::BIT) = 2",
    "get_bit(bits::BIT, 3) = 1",
    "set_bit(bits::BIT, 3, 0) IS NOT NULL",
    "num * 2 >= 0",
    "num + 9223372036854770000 > 0",
    "-num <= 0",
    "abs(num) >= 0",
    "factorial((num % 20)::INT) > 0",
    "pow(num, 2) >= 0",
    "sqrt(num) >= 0",
    "ln(num + 1) >= 0",
    "log10(num + 1) >= 0",
    "(num::INT) >= 0",
    "num::USMALLINT >= 0",
    "num::UBIGINT >= 0",
    "gamma(num % 20 + 1) > 0",
    "acos(num / 300.0) >= 0",
    "1000 // (num + 1) >= 0",
    "chr((num + 65)::INT) IS NOT NULL",
    "ratio::INT >= 0",
    "ratio::DECIMAL(10, 3) >= 0",
    "exp(ratio) > 0",
    "ratio::UINTEGER >= 0",
    "dt + INTERVAL 1000 YEAR > dt",
    "dt - DATE '0001-01-01' > 0",
    "strftime(dt, '%Y') = '2024'",
    "date_trunc('year', dt) <= dt",
    "make_date(2024, 1, 1 + (num % 28)::INT) IS NOT NULL",
    "dt::TIMESTAMP + INTERVAL 290000 DAY > dt",
    "date_part('epoch', dt) > 0",
    "age(dt, DATE '2000-01-01') > INTERVAL 1 DAY",
    "epoch_ns(dt::TIMESTAMP) > 0",
    "error(CASE WHEN txt LIKE 'SECRET%' THEN txt END) IS NULL",
    "CASE WHEN num < 0 THEN error('neg') END IS NULL",
    "CASE WHEN id > 1000 THEN error(txt) ELSE NULL END IS NULL",
    "try(txt::INT) IS NOT NULL",
    "TRY_CAST(txt AS INT) IS NOT NULL",
    "strptime(txt || '-01-01', '%Y-%m-%d') IS NOT NULL OR true",
    "regexp_matches(txt, '^[0-9]+$')",
    "regexp_matches('1', txt) OR true",
    "regexp_extract(txt, '([0-9]+)', 1) = txt",
    "from_base64(lpad(txt, 4, 'A')) IS NOT NULL",
    "unhex(lpad(txt, 4, '0')) IS NOT NULL",
    "from_hex(lpad(txt, 4, '0')) IS NOT NULL",
    "unbin(bits) IS NOT NULL",
    "encode(txt) IS NOT NULL",
    "decode(encode(txt)) = txt",
    "txt::BLOB IS NOT NULL",
    "format('{:d}', num) = txt",
    "printf('%d', num) = txt",
    "list_extract([1, 2], num) IS NULL OR true",
    "[1, 2, 3][num] IS NULL OR true",
    "array_value(num)[1] = num",
    "substring(txt, 1, num) IS NOT NULL",
    "left(txt, num) = txt OR true",
    "repeat('x', num) IS NOT NULL",
    "lpad(txt, num::INT, 'x') IS NOT NULL",
    "range(num) IS NOT NULL",
    "list_resize([1], num) IS NOT NULL",
    "bitstring(bits, (4 + num)::INT) IS NOT NULL",
    "('[' || txt || ']')::INT[] = [num]",
    "('{''a'': ' || txt || '}')::STRUCT(a INT).a = num",
    "map([num, num + 1], [1, 2]) IS NOT NULL",
    "map([num, coalesce(num, 0)], [1, 2]) IS NULL OR true",
    "struct_pack(a := num).a::USMALLINT >= 0",
    "txt::TIME IS NULL OR true",
    "('12:00:0' || (num % 10))::TIME IS NOT NULL",
    "(txt || ' days')::INTERVAL > INTERVAL '-1 day'",
    "timezone('UTC', dt::TIMESTAMP) IS NOT NULL",
    "to_json(txt)::VARCHAR IS NOT NULL",
    "json_object(txt, num) IS NOT NULL",
    "hash(txt) >= 0",
    "md5(txt) IS NOT NULL",
    "ascii(txt) > 0",
    "instr(txt, '0') >= 0",
    "string_split(txt, '0') IS NOT NULL",
    "levenshtein(txt, 'a') >= 0",
    "hamming(bits, '0101') = 0",
    "jaccard(bits, '01') > 0",
    "damerau_levenshtein(bits, '0101') = 0",
    "nfc_normalize(txt) = txt",
    "url_decode(txt) = txt",
    "to_base(num, 2) IS NOT NULL",
    "bar(num, 0, 300) IS NOT NULL",
    "parse_path(txt) IS NOT NULL",
    "num << 2 >= 0",
    "(num % 60) << 2 >= 0",
    "gcd(num, 6) > 0",
    "lcm(num, 6) >= 0",
    "note::INT >= 0",
    "coalesce(note::INT, 0) >= 0",
    "length(note) > 0",
    "note IS NOT NULL",
    "note = 'SECRET 1' OR note < '2'",
    "note IN ('3', 'SECRET 1', '4')",
    "note LIKE 'S%'",
    "note IS NULL",
    "note <> '4'",
    "json_extract(note, '$') IS NOT NULL",
    "note::UUID IS NULL OR true",
    "tags::INT[] IS NOT NULL",
    "list_transform(tags, lambda x: x::INT) IS NOT NULL",
    "tags[1]::INT = num",
    "pair.a::INT = num",
    "pair::STRUCT(a INT) IS NOT NULL",
    "props['k']::INT = num",
    "props::MAP(VARCHAR, INT) IS NOT NULL",
    "list_filter(tags, lambda x: json_extract(x, '$') IS NOT NULL) IS NOT NULL",
    "list_sum(tags::INT[]) >= 0",
    "array_to_string(tags, ',') <> ''",
    "map_keys(props) = ['k']",
    "map_values(props)[1]::INT = num",
    "json_extract(to_json(tags), '$[0]') IS NOT NULL",
    "tags::VARCHAR::INT[] IS NOT NULL",
    "(SELECT sum(x::INT) FROM unnest(tags) u(x)) >= 0",
    "list_reduce(tags::INT[], lambda x, y: x + y) >= 0",
    "pair::JSON IS NOT NULL",
    "json_extract(pair.a, '$') IS NOT NULL",
    "list_sort(tags::INT[]) IS NOT NULL",
    "CASE WHEN open THEN note::INT ELSE 0 END >= 0",
    "concat(note, txt)::INT >= 0",
    "isnan(ratio) = false",
    "signbit(ratio) = false",
    "num BETWEEN 5 AND 9000000000000000000",
    "num > 250 AND json_extract(js, '$.a') IS NOT NULL",
    "id > 5 AND txt::INT < 10",
    "txt < 'SECRET'",
    "txt >= 'S'",
    "dt > DATE '2500-01-01'",
    "num = 9223372036854775807",
    "num = -1",
    "num IS NULL",
};

// The places an expression can stand in.
const char* const kShapes[] = {
    "SELECT count(*) FROM s.t WHERE {p}",
    "SELECT id, {p} FROM s.t WHERE id < 1000",
    "SELECT count(*) FROM s.t WHERE CASE WHEN id >= 0 THEN {p} ELSE false END",
    "SELECT a.id FROM s.t a JOIN s.t b ON a.id = b.id AND {q} ORDER BY 1 LIMIT 5",
    "SELECT open, count(*) FILTER ({p}) FROM s.t GROUP BY open ORDER BY 1",
};

// What could tell of hidden rows without an error.
const char* const kObservers[] = {
    "SELECT count(*) FROM s.t",
    "SELECT count(*), count(num), count(note), count(DISTINCT txt) FROM s.t",
    "SELECT min(id), max(id), min(txt), max(txt), min(num), max(num), min(dt), max(dt), min(ratio), "
    "max(ratio) FROM s.t",
    "SELECT min(note), max(note) FROM s.t",
    "SELECT * FROM s.t",
    "SELECT id FROM s.t LIMIT 7",
    "SELECT id FROM s.t LIMIT 5 OFFSET 250",
    "SELECT id FROM s.t OFFSET 295",
    "SELECT id FROM s.t ORDER BY num DESC LIMIT 3",
    "SELECT id FROM s.t ORDER BY num ASC NULLS FIRST LIMIT 3",
    "SELECT id FROM s.t ORDER BY txt DESC LIMIT 3",
    "SELECT id FROM s.t ORDER BY note DESC NULLS LAST, id LIMIT 3",
    "SELECT first(id), last(id), any_value(num), list(id)[1:3] FROM s.t",
    "SELECT rowid FROM s.t LIMIT 3",
    "SELECT file_row_number FROM s.t",
    "SELECT filename FROM s.t",
    "SELECT file_index FROM s.t",
    "SELECT t.rowid FROM s.t t",
    "SELECT ssn FROM s.t",
    "SELECT max(ssn) FROM s.t",
    "SELECT t.ssn FROM s.t",
    "SELECT s.t.ssn FROM s.t",
    "SELECT count(*) FROM s.t WHERE ssn = 'x'",
    "SELECT COLUMNS('s.*') FROM s.t LIMIT 1",
    "SELECT COLUMNS(*)::VARCHAR FROM s.t LIMIT 2",
    "SELECT * EXCLUDE (ssn) FROM s.t",
    "SELECT * REPLACE (1 AS ssn) FROM s.t",
    "SELECT * RENAME (ssn AS x) FROM s.t",
    "SELECT t FROM s.t LIMIT 3",
    "SELECT to_json(t) FROM s.t LIMIT 3",
    "SELECT struct_extract(t, 'ssn') FROM s.t",
    "SELECT (t).ssn FROM s.t",
    "SELECT row_to_json(t) FROM s.t",
    "SELECT unnest(t) FROM s.t LIMIT 2",
    "SELECT unnest(tags), id FROM s.t LIMIT 4",
    "SELECT min(tags), max(tags), min(pair), max(pair) FROM s.t",
    "SELECT count(*) FROM s.t NATURAL JOIN s.t u",
    "SELECT count(*) FROM s.t JOIN s.t u USING (id)",
    "SELECT count(*) FROM s.t JOIN s.t u USING (ssn)",
    "SELECT count(*) FROM s.t a, s.t b WHERE a.id = b.num",
    "SELECT count(*) FROM s.t JOIN (VALUES ('SECRET 1'), ('3')) v(x) ON note = x",
    "SELECT count(*) FROM s.t JOIN (SELECT 1000 + i AS n FROM range(400) r(i)) q ON num = n",
    "SELECT count(*) FROM s.t WHERE id IN (SELECT 9000000 + i FROM range(10) r(i))",
    "SELECT * FROM (VALUES ('other'), ('mine')) v(tenant) LEFT JOIN s.t ON txt = tenant",
    "SELECT id FROM s.t TABLESAMPLE 20% (system, 7)",
    "SELECT id FROM s.t TABLESAMPLE 20% (bernoulli, 7)",
    "SELECT count(*) FROM s.t USING SAMPLE reservoir(5 ROWS)",
    "SELECT id FROM s.t USING SAMPLE reservoir(5 ROWS) REPEATABLE (7)",
    "SELECT count(*) FROM s.t USING SAMPLE 30% (system, 3)",
    "SELECT id FROM (SELECT * FROM s.t USING SAMPLE 10 PERCENT (system, 11))",
    "SELECT row_number() OVER () AS n, id FROM s.t QUALIFY n < 5",
    "SELECT id, lag(id) OVER (ORDER BY id) FROM s.t LIMIT 4",
    "SELECT ntile(4) OVER (ORDER BY num), count(*) FROM s.t GROUP BY ALL ORDER BY ALL LIMIT 5",
    "SELECT id, sum(num) OVER (ROWS UNBOUNDED PRECEDING) FROM s.t LIMIT 4",
    "SELECT approx_count_distinct(id) FROM s.t",
    "SELECT quantile_disc(num, 0.5), mode(open), median(num) FROM s.t",
    "SELECT histogram(open) FROM s.t",
    "SELECT bool_and(open), bit_or(num), sum(num), avg(num) FROM s.t",
    "SELECT arg_max(id, num), arg_min(id, txt), max(id, 3), min_by(id, num) FROM s.t",
    "SELECT string_agg(txt, ',') FROM s.t",
    "SELECT entropy(num), kurtosis(num), skewness(num) FROM s.t",
    "SELECT corr(num, id) FROM s.t",
    "EXPLAIN SELECT * FROM s.t",
    "EXPLAIN ANALYZE SELECT * FROM s.t",
    "DESCRIBE s.t",
    "DESCRIBE SELECT * FROM s.t",
    "SUMMARIZE s.t",
    "SUMMARIZE SELECT id, num FROM s.t",
    "SHOW TABLES",
    "SHOW ALL TABLES",
    "SHOW s.t",
    "SELECT stats(num) FROM s.t LIMIT 1",
    "SELECT vector_type(id) FROM s.t LIMIT 1",
    "SELECT typeof(note), alias(id) FROM s.t LIMIT 1",
    "PIVOT s.t ON open IN (true, false) USING count(*) GROUP BY tenant",
    "PIVOT (SELECT open, id FROM s.t) ON open IN (true, false) USING count(id)",
    "UNPIVOT (SELECT id, num FROM s.t LIMIT 2) ON id, num",
    "SELECT * FROM s.t POSITIONAL JOIN (SELECT * FROM range(4)) LIMIT 4",
    "SELECT a.id, b.id FROM s.t a ASOF JOIN s.t b ON a.num >= b.num LIMIT 3",
    "SELECT id FROM s.t EXCEPT SELECT id FROM s.t WHERE num >= 3 ORDER BY 1",
    "SELECT id FROM s.t INTERSECT SELECT 9000001 ORDER BY 1",
    "WITH RECURSIVE r AS (SELECT min(id) AS x FROM s.t UNION ALL SELECT x + 1 FROM r WHERE x < 3) SELECT * "
    "FROM r",
    "SELECT (SELECT txt FROM s.t WHERE num = 9223372036854775807)",
    "SELECT (SELECT id FROM s.t)",
    "SELECT EXISTS (SELECT 1 FROM s.t WHERE txt LIKE 'SECRET%')",
    "SELECT id FROM s.t WHERE num >= ALL (SELECT num FROM s.t)",
    "SELECT count(*) FROM s.t, LATERAL (SELECT json_extract(js, '$.a')) q(z)",
    "SELECT unnest(string_split(txt, '')) AS u, count(*) FROM s.t GROUP BY 1 ORDER BY 1",
    "SELECT id FROM s.t WHERE id = (SELECT max(id) FROM s.t)",
    "SELECT id AS ssn FROM s.t ORDER BY ssn DESC LIMIT 1",
    "SELECT id AS tenant FROM s.t WHERE tenant = 3",
    "SELECT tenant FROM s.t",
    "SELECT 1 FROM s.t WHERE owner IS NULL",
    "SELECT grouping(open), open, count(*) FROM s.t GROUP BY ROLLUP (open) ORDER BY ALL",
    "SELECT DISTINCT ON (open) open, id FROM s.t ORDER BY open, id",
    "SELECT * FROM s.t AS t(a, b, c, d, e, f, g, h, i, j, k, l, m, n)",
    "SELECT j FROM s.t AS t(a, b, c, d, e, f, g, h, i, j) LIMIT 2",
};

class BarrierTest : public testing::TestWithParam<const char*> {};

TEST_P(BarrierTest, ThrowingExpressionsNeverSeeHiddenRowsOrCells) {
  static Engine engine = open_engine();
  static TwoLakes lakes;
  lakes.filter(GetParam());
  lakes.succeeded = 0;
  for (auto probe : kProbes)
    for (auto shape : kShapes) {
      auto sql = filled(shape, "{p}", probe);
      sql = filled(sql, "{q}", "(SELECT " + std::string(probe) + " FROM (SELECT a.*) x)");
      lakes.expect_same(engine, sql, GetParam());
    }
  // The probes would prove nothing if they failed on the visible rows already.
  EXPECT_GT(lakes.succeeded, static_cast<int>(std::size(kProbes) * 3));
}

// One thread: with more, the order in which unordered aggregates take their rows is nobody's promise.
TEST_P(BarrierTest, NothingObservableDependsOnWhatIsHidden) {
  static Engine engine = open_engine({.threads = 1});
  static TwoLakes lakes;
  lakes.filter(GetParam());
  lakes.succeeded = 0;
  for (auto sql : kObservers) lakes.expect_same(engine, sql, GetParam());
  EXPECT_GT(lakes.succeeded, static_cast<int>(std::size(kObservers) / 2));
}

INSTANTIATE_TEST_SUITE_P(Filters, BarrierTest, testing::ValuesIn(kFilters),
                         [](const auto& info) { return "Filter" + std::to_string(info.index); });

}  // namespace
}  // namespace weir::query
