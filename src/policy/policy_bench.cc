// The worst principal we promise for: ten policies of fifty statements, decided in at most five microseconds.
#include <benchmark/benchmark.h>

#include "policy/evaluate.h"
#include "policy/scene.h"

namespace weir::policy {
namespace {

constexpr int kPolicies = 10, kStatements = 50;

std::vector<NamedPolicy> policies(std::string (*statement)(int)) {
  std::vector<NamedPolicy> out;
  for (int p = 0; p < kPolicies; ++p) {
    std::string statements;
    for (int s = 0; s < kStatements; ++s) {
      if (s) statements += ',';
      statements += statement(p * kStatements + s);
    }
    out.push_back({"p" + std::to_string(p), load_policy(document(statements), PolicyKind::identity)});
    CHECK_TRUE(!out.back().policy->unreadable(), "the benchmark's policies parse");
  }
  return out;
}

// Statements about many services, as most policies are.
std::string mixed(int n) {
  static constexpr std::string_view kServices[] = {"s3", "glue", "lakeformation", "iam", "sts", "kms", "sns", "ram"};
  auto service = std::string(kServices[static_cast<size_t>(n) % 8]);
  return "{'Effect':'Allow','Action':['" + service + ":Get*','" + service +
         ":PutThing'],'Resource':'arn:aws:" + service + ":::thing-" + std::to_string(n) +
         "/*','Condition':{'StringEquals':{'aws:PrincipalTag/team':'sales'}}}";
}

// Every statement about the action asked for, told apart by the resource only.
std::string same_service(int n) {
  return "{'Effect':'Allow','Action':['s3:Get*','s3:List*'],'Resource':'arn:aws:s3:::thing-" + std::to_string(n) +
         "/*','Condition':{'StringEquals':{'aws:PrincipalTag/team':'sales'}}}";
}

// The same with a variable in every resource, which is filled in each time.
std::string with_variables(int n) {
  return "{'Effect':'Allow','Action':'s3:Get*','Resource':'arn:aws:s3:::thing-" + std::to_string(n) +
         "/${aws:username}/*'}";
}

Context facts() {
  Context out;
  out.set("aws:PrincipalArn", "arn:aws:iam::111111111111:user/ana").set("aws:PrincipalAccount", std::string(kHome));
  out.set("aws:userid", "AIDA0000000000000ANA").set("aws:username", "ana").set("aws:SourceIp", "203.0.113.5");
  out.set("aws:CurrentTime", "2026-11-22T10:00:00Z").set("aws:EpochTime", "1795341600");
  out.set("aws:SecureTransport", "true").set("aws:UserAgent", "x").set("aws:RequestedRegion", "eu-west-1");
  out.set("aws:PrincipalType", "User").set("aws:ResourceAccount", std::string(kHome));
  out.set("aws:PrincipalTag/team", "sales");
  return out;
}

void run(benchmark::State& state, std::string (*statement)(int), std::string_view resource, bool allowed) {
  auto caller = user_caller();
  auto context = facts();
  auto own = policies(statement);
  for (auto _ : state) {
    auto decision = evaluate({.caller = caller,
                              .context = context,
                              .action = "s3:GetObject",
                              .resource = resource,
                              .resource_account = kHome,
                              .identity = own});
    if (decision.allowed() != allowed) state.SkipWithError("the wrong answer");
    benchmark::DoNotOptimize(decision);
  }
}

// The same with everything that can stand around it: a boundary, and three levels of service control policies.
void BM_BehindBoundaryAndControlPolicies(benchmark::State& state) {
  auto caller = user_caller();
  auto context = facts();
  auto own = policies(mixed);
  NamedPolicy boundary{"boundary",
                       load_policy(document("{'Effect':'Allow','Action':'*','Resource':'*'}"), PolicyKind::boundary)};
  std::vector<ScpLevel> levels;
  for (const auto* name : {"the root", "unit", "account"}) {
    auto& level = levels.emplace_back(ScpLevel{name, {}});
    level.policies.push_back(policy_of(PolicyKind::scp, "{'Effect':'Allow','Action':'*','Resource':'*'}"));
    level.policies.push_back(
        policy_of(PolicyKind::scp,
                  "{'Effect':'Deny','NotAction':['iam:*','s3:*'],'Resource':'*','Condition':{'StringNotEquals':"
                  "{'aws:RequestedRegion':['eu-west-1','eu-central-1']}}}"));
  }
  for (auto _ : state) {
    Request request{caller, context, "s3:GetObject", "arn:aws:s3:::thing-496/k", kHome};
    request.identity = own;
    request.boundary = &boundary;
    request.scps = levels;
    auto decision = evaluate(request);
    if (!decision.allowed()) state.SkipWithError("the wrong answer");
    benchmark::DoNotOptimize(decision);
  }
}
BENCHMARK(BM_BehindBoundaryAndControlPolicies);

void BM_MixedServicesAllow(benchmark::State& state) { run(state, mixed, "arn:aws:s3:::thing-496/k", true); }
void BM_MixedServicesDeny(benchmark::State& state) { run(state, mixed, "arn:aws:s3:::other/k", false); }
void BM_OneServiceAllow(benchmark::State& state) { run(state, same_service, "arn:aws:s3:::thing-499/k", true); }
void BM_OneServiceDeny(benchmark::State& state) { run(state, same_service, "arn:aws:s3:::thing-500/k", false); }
void BM_VariablesEverywhere(benchmark::State& state) {
  run(state, with_variables, "arn:aws:s3:::thing-499/ana/k", true);
}
BENCHMARK(BM_MixedServicesAllow);
BENCHMARK(BM_MixedServicesDeny);
BENCHMARK(BM_OneServiceAllow);
BENCHMARK(BM_OneServiceDeny);
BENCHMARK(BM_VariablesEverywhere);

void BM_ParseFortyKilobytes(benchmark::State& state) {
  std::string statements;
  for (int i = 0; statements.size() < 40960; ++i) statements += (i ? "," : "") + mixed(i);
  auto text = document(statements);
  for (auto _ : state) benchmark::DoNotOptimize(load_policy(text, PolicyKind::identity));
  state.SetBytesProcessed(state.iterations() * static_cast<int64_t>(text.size()));
}
BENCHMARK(BM_ParseFortyKilobytes);

}  // namespace
}  // namespace weir::policy
