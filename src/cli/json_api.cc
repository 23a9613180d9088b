#include "cli/json_api.h"

#include <algorithm>
#include <array>
#include <random>
#include <thread>

#include "cli/iam_calls.h"
#include "wire/operation.h"

namespace weir::cli {
namespace {

using base::Json;

constexpr std::chrono::milliseconds kFirstPause{100};
constexpr std::chrono::milliseconds kLongestPause{10'000};

bool asks_for_patience(const base::Error& error) {
  constexpr std::array<std::string_view, 6> kCodes = {"Throttling",           "ThrottlingException",
                                                      "ThrottledException",   "TooManyRequestsException",
                                                      "RequestLimitExceeded", "OperationTimeoutException"};
  return error.kind == base::Kind::unavailable || std::find(kCodes.begin(), kCodes.end(), error.about) != kCodes.end();
}

// Full jitter: many clients that were turned away together do not come back together.
void pause(int attempt) {
  auto most = std::min(kFirstPause * (1 << attempt), kLongestPause).count();
  std::random_device random;
  std::this_thread::sleep_for(std::chrono::milliseconds(std::uniform_int_distribution<long>(most / 2, most)(random)));
}

base::Result<Json> call_once(const AwsClient& client, const wire::Operation& operation, const Json& request) {
  if (operation.service->protocol == wire::Protocol::query) return call_iam(client, operation.name, request);
  WEIR_TRY(auto text, client.call_json(operation, request.dump()));
  if (text.empty()) return Json::object();
  return base::parse_json(text);
}

struct Paging {
  std::string_view asked;  // the request's member
  std::string_view told;   // the answer's
};

Paging paging_of(std::string_view service) {
  return service == "iam" ? Paging{"Marker", "Marker"} : Paging{"NextToken", "NextToken"};
}

}  // namespace

base::Result<Json> JsonApi::call(std::string_view service, std::string_view name, const Json& request) const {
  const auto* model = wire::find_service(service);
  const auto* operation = model ? wire::find_operation(*model, name) : nullptr;
  auto what = std::string(service) + " " + std::string(name);
  if (!operation) return base::fail(base::Kind::unsupported, what + " is not known to this program", "operation");
  for (int attempt = 0;; ++attempt) {
    auto answer = call_once(client_, *operation, request);
    if (answer) return answer;
    if (!asks_for_patience(answer.error()) || attempt + 1 == kAttempts) {
      auto error = std::move(answer).error();
      error.says = what + ": " + (error.says.empty() ? error.log : error.says);
      return error;
    }
    pause(attempt);
  }
}

base::Status JsonApi::each(std::string_view service, std::string_view operation, Json request, std::string_view list,
                           const Visit& visit) const {
  auto paging = paging_of(service);
  while (true) {
    WEIR_TRY(auto answer, call(service, operation, request));
    if (const auto* items = answer.find(list); items && items->as_array())
      for (const auto& item : *items->as_array()) WEIR_CHECK_OK(visit(item));
    auto next = answer.text(paging.told);
    if (next.empty()) return {};
    request.set(std::string(paging.asked), next);
  }
}

}  // namespace weir::cli
