#include "services/iam/iam_service.h"

#include <gtest/gtest.h>

#include <set>

#include "services/iam/errors.h"
#include "services/iam/shapes.h"

namespace weir::services {
namespace {

TEST(IamService, EveryServedOperationHasOneRoute) {
  std::multiset<std::string_view> routed;
  for (const auto& route : iam_service().routes) routed.insert(route.operation->name);
  for (const auto& operation : iam_service().model->operations)
    EXPECT_EQ(routed.count(operation.name), 1u) << operation.name;
  EXPECT_EQ(routed.size(), iam_service().model->operations.size());
}

TEST(IamService, OnlyShortReadsRunInline) {
  for (const auto& route : iam_service().routes) {
    bool reads = route.operation->name.starts_with("Get") || route.operation->name.starts_with("List");
    bool long_running = route.operation->name == "GetAccessKeyLastUsed";
    EXPECT_EQ(route.runs == Runs::inline_, reads && !long_running) << route.operation->name;
  }
}

TEST(IamService, CodesAndStatusesAreThoseOfTheModel) {
  using base::Kind;
  for (int kind = 0; kind <= static_cast<int>(Kind::internal); ++kind) {
    auto answer = iam_error(base::fail(static_cast<Kind>(kind), "x"));
    if (auto* shape = wire::find_error(*iam_service().model, answer.code)) {
      EXPECT_EQ(shape->http_status, answer.status) << answer.code;
    }
  }
  EXPECT_EQ(iam_error(base::invalid("x", "tags")).code, "InvalidInput");
  EXPECT_EQ(iam_error(base::invalid("x", "userName")).code, "ValidationError");
  EXPECT_EQ(iam_error(base::fail(Kind::unsupported, "x", "role")).code, "UnmodifiableEntity");
  EXPECT_EQ(iam_error(base::fail(Kind::unsupported, "x", "policy")).code, "PolicyNotAttachable");
}

TEST(IamShapes, DocumentsAreEncodedSoThatNothingOfThemIsMarkup) {
  EXPECT_EQ(iam::encoded("{\"a\":\"<ü +%&>\"}\n"), "%7B%22a%22%3A%22%3C%C3%BC%20%2B%25%26%3E%22%7D%0A");
}

TEST(IamShapes, RequestSaysWhichNounItIsAbout) {
  static_assert(std::is_same_v<iam::HolderOf<wire::iam::PutUserPolicyRequest>, identity::User>);
  static_assert(std::is_same_v<iam::HolderOf<wire::iam::PutGroupPolicyRequest>, identity::Group>);
  static_assert(std::is_same_v<iam::HolderOf<wire::iam::PutRolePolicyRequest>, identity::Role>);
  EXPECT_EQ(iam::holder_name(wire::iam::PutRolePolicyRequest{.RoleName = "engine"}), "engine");
}

TEST(IamShapes, PagesBeginAtTheRootAndHaveAHundredItems) {
  auto page = iam::page_request(wire::iam::ListUsersRequest{});
  EXPECT_EQ(page.path_prefix, "/");
  EXPECT_EQ(page.marker, "");
  EXPECT_EQ(page.items_max, 100u);
}

}  // namespace
}  // namespace weir::services
