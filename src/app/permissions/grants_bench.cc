// Grants made one after another, durable and in force for the next request, must not slow down as an account fills:
// store transaction, index, revision, commit, publication of the new State.
//
// grants_made/N: with N grants there. `p50_us` is the median of one grant from begin to in force.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <memory>

#include "app/governance.h"
#include "permissions/records.h"
#include "store/sqlite_store.h"
#include "store/test_directory.h"

namespace weir::app {
namespace {

const std::string kAccount = "111122223333";
constexpr int kBatch = 5000;
constexpr int kTablesPerDatabase = 1000;
constexpr int kRoles = 100;

permissions::Grant grant(int n) {
  int table = n / kRoles;
  permissions::Grant out;
  out.principal = "arn:aws:iam::111122223333:role/team/analyst-" + std::to_string(n % kRoles);
  out.resource = permissions::Resource::of_table(kAccount, "database_" + std::to_string(table / kTablesPerDatabase),
                                                 "table_" + std::to_string(table))
                     .value();
  out.privileges = {permissions::Privilege::select};
  out.last_updated_by = out.principal;
  return out;
}

// One lake that grows from one benchmark to the next.
class Growing {
 public:
  static Growing& lake() {
    static Growing lake;
    return lake;
  }

  void make(int upto) {
    while (made_ < upto) write(std::min(kBatch, upto - made_));
  }
  void write(int count) {
    auto done = store::write(*store_, [&](store::Transaction& tx) -> base::Status {
      for (int i = 0; i < count; ++i) WEIR_CHECK_OK(permissions::put_grant(tx, grant(made_ + i)));
      return {};
    });
    CHECK_TRUE(done.ok(), "the benchmark's own grants are sound");
    made_ += count;
  }
  bool is_in_force() const {
    auto state = governance_.current();
    return state.ok() && (*state)->permissions(kAccount).grant_count() == static_cast<size_t>(made_);
  }

 private:
  Growing() : store_(store::SqliteStore::open(directory_.file("weir.db"), {}).value()) {
    CHECK_TRUE(governance_.start(*store_).ok(), "an empty store loads");
  }
  store::TestDirectory directory_;
  std::unique_ptr<store::Store> store_;
  Governance governance_;
  int made_ = 0;
};

void grants_made(benchmark::State& state) {
  auto& lake = Growing::lake();
  lake.make(static_cast<int>(state.range(0)));
  std::vector<double> took;
  for (auto _ : state) {
    auto began = std::chrono::steady_clock::now();
    lake.write(1);
    if (!lake.is_in_force()) state.SkipWithError("a committed grant is not in force");
    took.push_back(std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - began).count());
  }
  std::sort(took.begin(), took.end());
  state.counters["p50_us"] = took[took.size() / 2];
  state.SetItemsProcessed(static_cast<int64_t>(took.size()));
}
BENCHMARK(grants_made)->Arg(1'000)->Arg(100'000)->Arg(1'000'000)->Iterations(2000)->UseRealTime();

}  // namespace
}  // namespace weir::app
