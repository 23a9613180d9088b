// A million grants must not slow a decision down: p50 and p99 with 1 thousand and 1 million grants.
//
// same_questions: 64 questions asked over and over (what a busy table looks like).
// scattered_questions: a different principal and table every time (caches hold nothing).
// ten_filters_on_one_table: the worst ordinary view, ten row filters to be joined.
// fifty_policies_questions: principals with fifty policies over LF-Tags each, 1 thousand tags, 100 thousand tables that
// carry tags of their own.
// publish_one_grant: a change made to a copy; its rate must not fall with the account.
#include <benchmark/benchmark.h>
#include <malloc.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <map>

#include "permissions/decide.h"
#include "permissions/records.h"
#include "permissions/tag_records.h"
#include "permissions/visibility.h"

namespace weir::permissions {
namespace {

const std::string kAccount = "111122223333";
constexpr int kTablesPerDatabase = 1000;
constexpr int kFilters = 10;
constexpr int kTags = 1000;
constexpr int kTaggedTables = 100000;
constexpr int kPolicies = 50;
constexpr int kPolicyPrincipals = 100;

std::string role(int i) { return "arn:aws:iam::111122223333:role/team/analyst-" + std::to_string(i); }
std::string database(int table) { return "database_" + std::to_string(table / kTablesPerDatabase); }
std::string table_name(int table) { return "table_" + std::to_string(table); }

TableFacts schema() {
  TableFacts facts;
  for (int i = 0; i < 20; ++i)
    facts.columns.push_back({"column_" + std::to_string(i), i % 2 ? "string" : "bigint", false});
  facts.columns.push_back({"dt", "string", true});
  return facts;
}

int64_t resident_bytes() {
  std::ifstream statm("/proc/self/statm");
  int64_t total = 0, resident = 0;
  statm >> total >> resident;
  return resident * 4096;
}

void put(Snapshot& snapshot, const Grant& grant) {
  auto status = snapshot.apply(grant_key(kAccount, grant.principal, grant.resource), base::encode_record(grant));
  CHECK_TRUE(status.ok(), "the benchmark's own records are sound");
}

Grant select_grant(int who, Resource resource) {
  Grant grant;
  grant.principal = role(who);
  grant.resource = std::move(resource);
  grant.privileges = {Privilege::select};
  grant.last_updated_by = role(0);
  return grant;
}

void add_filters(Snapshot& snapshot, const TableFacts& facts) {
  for (int i = 0; i < kFilters; ++i) {
    FilterInput input{kAccount,
                      database(0),
                      table_name(0),
                      "filter_" + std::to_string(i),
                      {},
                      std::vector<std::string>{},
                      "column_1 = 'region " + std::to_string(i) + "'",
                      false};
    auto filter = make_filter(input, facts, "1").value();
    auto status =
        snapshot.apply(filter_key(kAccount, filter.database, filter.table, filter.name), base::encode_record(filter));
    CHECK_TRUE(status.ok(), "the benchmark's own filters are sound");
    put(snapshot, select_grant(0, Resource::of_filter(kAccount, filter.database, filter.table, filter.name).value()));
  }
}

// `grants` grants: tables and principals grow together, a principal holds 100 tables.
struct Lake {
  Snapshot snapshot{kAccount};
  TableFacts facts = schema();
  int grants;
  int principals;
  double bytes_per_grant = 0;
  double load_s = 0;

  explicit Lake(int n) : grants(n), principals(std::max(10, n / 100)) {
    auto before = resident_bytes();
    auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < grants; ++i) put(snapshot, select_grant(who(i), resource(i)));
    load_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    malloc_trim(0);
    bytes_per_grant = static_cast<double>(resident_bytes() - before) / grants;
    add_filters(snapshot, facts);
  }
  int table(int i) const { return 1 + i / 10; }  // ten principals on each table
  int who(int i) const { return 1 + static_cast<int>((int64_t{i} * 7919) % principals); }
  Resource resource(int i) const {
    return Resource::of_table(kAccount, database(table(i)), table_name(table(i))).value();
  }
  Question question(int i) const {
    return {{kAccount, {role(who(i)), kAccount + ":IAMPrincipals"}}, Privilege::select, resource(i), &facts};
  }
};

std::string tag_name(int i) { return "tag_" + std::to_string(i % kTags); }
std::string value_name(int i) { return "value_" + std::to_string(i % 10); }
std::string steward(int i) { return "arn:aws:iam::111122223333:role/team/steward-" + std::to_string(i); }

template <class Record>
void apply(Snapshot& snapshot, const std::string& key, const Record& record) {
  auto status = snapshot.apply(key, base::encode_record(record));
  CHECK_TRUE(status.ok(), "the benchmark's own records are sound");
}

void assign(Snapshot& snapshot, const TagPlace& place, const std::string& key, const std::string& value) {
  apply(snapshot, tag_at_key(kAccount, place, key), TagAssignment{key, value, {}, ""});
}

// A tag of its own on every table, one of all its database's, and in every tenth table a column that differs.
void assign_tags(Snapshot& snapshot) {
  for (int t = 0; t < kTaggedTables; ++t) {
    TagPlace place{kAccount, database(t), table_name(t), ""};
    assign(snapshot, place, tag_name(t), value_name(t / kTags));
    if (t % kTablesPerDatabase == 0) assign(snapshot, {kAccount, database(t), "", ""}, "pii", "no");
    place.column = "column_3";
    if (t % 10 == 5) assign(snapshot, place, "pii", "yes");
  }
}

// Of a principal's fifty policies one matches a table whose tag is the 20th, 40th and so on.
void put_policies(Snapshot& snapshot) {
  for (int p = 0; p < kPolicyPrincipals; ++p)
    for (int i = 0; i < kPolicies; ++i) {
      TagTerm own{tag_name(i * (kTags / kPolicies)), {}};
      for (int v = 0; v < 10; ++v) own.values.push_back(value_name(v));
      Grant grant;
      grant.principal = steward(p);
      grant.resource =
          Resource::of_policy(kAccount, PolicyTarget::tables, TagExpression::of({own, {"pii", {"no"}}}).value())
              .value();
      grant.privileges = {Privilege::select};
      put(snapshot, grant);
    }
}

const Lake& lake(int grants) {
  static std::map<int, Lake> lakes;
  auto [at, fresh] = lakes.try_emplace(grants, grants);
  return at->second;
}

const Snapshot& tagged(int grants) {
  static const Snapshot made = [grants] {
    Snapshot snapshot = lake(grants).snapshot;
    for (int i = 0; i < kTags; ++i) {
      LfTag tag{tag_name(i), {}, "", {}};
      for (int v = 0; v < 10; ++v) tag.values.push_back(value_name(v));
      apply(snapshot, tag_record_key(kAccount, tag.key), tag);
    }
    apply(snapshot, tag_record_key(kAccount, "pii"), LfTag{"pii", {"no", "yes"}, "", {}});
    assign_tags(snapshot);
    put_policies(snapshot);
    return snapshot;
  }();
  return made;
}

void report(benchmark::State& state, std::vector<double>& nanoseconds) {
  std::sort(nanoseconds.begin(), nanoseconds.end());
  if (nanoseconds.empty()) return;
  state.counters["p50_ns"] = nanoseconds[nanoseconds.size() / 2];
  state.counters["p99_ns"] = nanoseconds[nanoseconds.size() * 99 / 100];
}

void run(benchmark::State& state, const Snapshot& snapshot, const std::vector<Question>& questions) {
  std::vector<double> taken;
  size_t next = 0;
  for (auto _ : state) {
    const auto& question = questions[next++ % questions.size()];
    auto start = std::chrono::steady_clock::now();
    auto decision = decide(question, snapshot);
    auto stop = std::chrono::steady_clock::now();
    benchmark::DoNotOptimize(decision);
    CHECK_TRUE(decision.allowed(), "the benchmark asks what is allowed");
    taken.push_back(std::chrono::duration<double, std::nano>(stop - start).count());
  }
  report(state, taken);
}

void run(benchmark::State& state, const Lake& lake, const std::vector<Question>& questions) {
  run(state, lake.snapshot, questions);
  state.counters["bytes_per_grant"] = lake.bytes_per_grant;
  state.counters["load_s"] = lake.load_s;
}

std::vector<Question> questions(const Lake& lake, int count) {
  std::vector<Question> out;
  for (int i = 0; i < count; ++i) out.push_back(lake.question(static_cast<int>(int64_t{i} * 15485863 % lake.grants)));
  return out;
}

void same_questions(benchmark::State& state) {
  const auto& data = lake(static_cast<int>(state.range(0)));
  run(state, data, questions(data, 64));
}
void scattered_questions(benchmark::State& state) {
  const auto& data = lake(static_cast<int>(state.range(0)));
  run(state, data, questions(data, std::min(data.grants, 100000)));
}
void ten_filters_on_one_table(benchmark::State& state) {
  const auto& data = lake(static_cast<int>(state.range(0)));
  auto resource = Resource::of_table(kAccount, database(0), table_name(0)).value();
  run(state, data, {{{kAccount, {role(0)}}, Privilege::select, resource, &data.facts}});
}

void fifty_policies_questions(benchmark::State& state) {
  auto grants = static_cast<int>(state.range(0));
  const auto& data = lake(grants);
  std::vector<Question> asked;
  for (int i = 0; i < 20000; ++i) {
    int table = static_cast<int>(int64_t{i} * 15485863 % (kTaggedTables / 20)) * 20;
    Caller caller{kAccount, {steward(i % kPolicyPrincipals), kAccount + ":IAMPrincipals"}};
    asked.push_back({caller, Privilege::select,
                     Resource::of_table(kAccount, database(table), table_name(table)).value(), &data.facts});
  }
  run(state, tagged(grants), asked);
}

void publish_one_grant(benchmark::State& state) {
  const auto& data = lake(static_cast<int>(state.range(0)));
  int i = 0;
  for (auto _ : state) {
    auto next = std::make_shared<Snapshot>(data.snapshot);
    put(*next, select_grant(0, data.resource(static_cast<int>(int64_t{++i} * 104729 % data.grants))));
    benchmark::DoNotOptimize(next);
  }
  state.SetItemsProcessed(i);
}

void list_one_database(benchmark::State& state) {
  const auto& data = lake(static_cast<int>(state.range(0)));
  Visibility visible({kAccount, {role(1)}}, data.snapshot);
  std::vector<std::string> names;
  for (int i = 1; i < 1000; ++i) names.push_back(table_name(i));
  for (auto _ : state) {
    int seen = 0;
    for (const auto& name : names) seen += visible.table("database_0", name);
    benchmark::DoNotOptimize(seen);
  }
}

BENCHMARK(same_questions)->Arg(1000)->Arg(1000000);
BENCHMARK(scattered_questions)->Arg(1000)->Arg(1000000);
BENCHMARK(ten_filters_on_one_table)->Arg(1000)->Arg(1000000);
BENCHMARK(fifty_policies_questions)->Arg(1000000);
BENCHMARK(publish_one_grant)->Arg(1000)->Arg(100000)->Arg(1000000);
BENCHMARK(list_one_database)->Arg(1000)->Arg(1000000);

}  // namespace
}  // namespace weir::permissions
