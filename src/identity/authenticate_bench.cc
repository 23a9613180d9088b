// What every signed request pays before its signature is looked at.
#include <benchmark/benchmark.h>

#include "identity/test_world.h"

namespace weir::identity {
namespace {

using namespace test;

struct Scene {
  World world;
  User ann = world.user(kEngineAccount, "ann", allow("sts:*"));
  MadeKey key = world.key_for(kEngineAccount, ann.id);
  Role role = world.role(kEngineAccount, "reader", trusting(ann.arn()), allow("s3:*"), {{"team", "sales"}});
  Credentials session = [this] {
    AssumeRoleRequest request{role.arn(), "query-1"};
    request.tags = {{"LakeFormationAuthorizedCaller", "hello_world"}};
    return must(world.assume(*world.principal(ann), request)).credentials;
  }();
  std::shared_ptr<const Directory> directory = world.directory();

  static Scene& get() {
    static Scene scene;
    return scene;
  }
};

void LongTermKey(benchmark::State& state) {
  auto& s = Scene::get();
  for (auto _ : state)
    benchmark::DoNotOptimize(authenticate({s.key.key.id, {}}, *s.directory, s.world.ring, s.world.cache, s.world.now));
}
BENCHMARK(LongTermKey)->ThreadRange(1, 2);

void SessionSeenBefore(benchmark::State& state) {
  auto& s = Scene::get();
  for (auto _ : state)
    benchmark::DoNotOptimize(authenticate({s.session.access_key_id, s.session.token}, *s.directory, s.world.ring,
                                          s.world.cache, s.world.now));
}
BENCHMARK(SessionSeenBefore)->ThreadRange(1, 2);

void SessionNeverSeen(benchmark::State& state) {
  auto& s = Scene::get();
  TokenCache nothing(0);
  for (auto _ : state)
    benchmark::DoNotOptimize(
        authenticate({s.session.access_key_id, s.session.token}, *s.directory, s.world.ring, nothing, s.world.now));
}
BENCHMARK(SessionNeverSeen);

void PoliciesOfARole(benchmark::State& state) {
  auto& s = Scene::get();
  auto who = s.world.principal(s.session);
  for (auto _ : state) benchmark::DoNotOptimize(s.directory->policies_of(*who));
}
BENCHMARK(PoliciesOfARole);

void AssumeRole(benchmark::State& state) {
  auto& s = Scene::get();
  auto who = s.world.principal(s.ann);
  AssumeRoleRequest request{s.role.arn(), "query-1"};
  request.tags = {{"LakeFormationAuthorizedCaller", "hello_world"}};
  for (auto _ : state) benchmark::DoNotOptimize(s.world.assume(*who, request));
}
BENCHMARK(AssumeRole);

// A change to one of many users: publishing costs the change.
void ApplyOneChangeAmong(benchmark::State& state) {
  Directory directory;
  auto here = account(kEngineAccount);
  User user;
  user.account = here;
  auto put = [&](Directory& into, int64_t i) {
    user.name = "user" + std::to_string(i);
    user.id = "AIDA" + std::to_string(i);
    into.apply(keys::one(here, Noun::user, user.name), base::encode_record(user));
  };
  for (int64_t i = 0; i < state.range(0); ++i) put(directory, i);
  int64_t next = 0;
  for (auto _ : state) {
    Directory changed = directory;
    put(changed, next++ % state.range(0));
    benchmark::DoNotOptimize(changed);
  }
}
BENCHMARK(ApplyOneChangeAmong)->Arg(100)->Arg(10'000)->Arg(100'000);

}  // namespace
}  // namespace weir::identity
