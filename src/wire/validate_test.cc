#include "wire/validate.h"

#include <gtest/gtest.h>

#include "wire/glue_types.h"
#include "wire/iam_types.h"
#include "wire/lakeformation_types.h"
#include "wire/operation.h"
#include "wire/pattern.h"
#include "wire/s3_types.h"
#include "wire/sts_types.h"

namespace weir::wire {
namespace {

template <class T>
std::string says(const T& input) {
  auto status = validate(input);
  if (status.ok()) return "";
  EXPECT_EQ(status.error().about, kValidation);
  return status.error().says;
}

TEST(Validate, TellsAsAwsTells) {
  sts::AssumeRoleRequest input;
  input.RoleArn = "arn:aws:iam::123456789012:role/r";
  input.RoleSessionName = "bad name!";
  EXPECT_EQ(says(input),
            "1 validation error detected: Value 'bad name!' at 'roleSessionName' failed to satisfy constraint: "
            "Member must satisfy regular expression pattern: [\\w+=,.@-]*");
  input.RoleSessionName = "x";
  input.DurationSeconds = 10;
  EXPECT_EQ(says(input),
            "2 validation errors detected: Value 'x' at 'roleSessionName' failed to satisfy constraint: Member must "
            "have length greater than or equal to 2; Value '10' at 'durationSeconds' failed to satisfy constraint: "
            "Member must have value greater than or equal to 900");
}

TEST(Validate, RequiredMembersMustBeThere) {
  EXPECT_EQ(says(glue::GetTableRequest{.DatabaseName = "d"}),
            "1 validation error detected: Value null at 'name' failed to satisfy constraint: Member must not be null");
  lakeformation::GrantPermissionsRequest grant;
  EXPECT_NE(says(grant).find("3 validation errors"), std::string::npos);
}

TEST(Validate, AnEmptyRequiredListIsGiven) {
  glue::TagResourceRequest input;
  input.ResourceArn = "arn:aws:glue:eu-west-1:123456789012:table/d/t";
  input.TagsToAdd.give();
  EXPECT_EQ(says(input), "");
}

TEST(Validate, NestedMembersListsAndMapsSayWhere) {
  glue::CreateTableRequest input;
  input.DatabaseName = "d";
  auto& table = input.TableInput.emplace();
  table.Name = "t";
  table.PartitionKeys.emplace_back();
  EXPECT_EQ(says(input),
            "1 validation error detected: Value null at 'tableInput.partitionKeys.1.member.name' failed to satisfy "
            "constraint: Member must not be null");
  table.PartitionKeys[0].Name = "dt";
  table.Parameters[""] = "x";
  EXPECT_NE(says(input).find("at 'tableInput.parameters.key'"), std::string::npos) << says(input);
}

TEST(Validate, EnumerationsAreClosed) {
  iam::UpdateAccessKeyRequest input;
  input.AccessKeyId = "AKIAAAAAAAAAAAAAAAAA";
  input.Status = "Sleepy";
  EXPECT_NE(says(input).find("Member must satisfy enum value set: [Active, Inactive"), std::string::npos)
      << says(input);
}

TEST(Validate, LengthsCountCharactersNotBytes) {
  glue::GetTableRequest input;
  input.DatabaseName = "d";
  for (int i = 0; i < 255; ++i) input.Name = input.Name.value_or("") + "ü";
  EXPECT_EQ(says(input), "");
  *input.Name += "ü";
  EXPECT_NE(says(input).find("less than or equal to 255"), std::string::npos);
}

TEST(Validate, EchoesAtMostSixtyFourCharacters) {
  glue::GetTableRequest input;
  input.DatabaseName = "d";
  input.Name = std::string(100'000, 'x');
  EXPECT_LT(says(input).size(), 300u);
  EXPECT_NE(says(input).find("'" + std::string(64, 'x') + "...'"), std::string::npos);
}

TEST(Validate, NeverEchoesSensitiveMembers) {
  iam::CreatePolicyRequest policy;
  policy.PolicyName = "p";
  s3::PutObjectRequest input;
  input.Bucket = "b";
  input.Key = "";
  input.SSECustomerKey = "hush";
  EXPECT_EQ(says(input).find("hush"), std::string::npos);
  // A toy table, for the served inputs constrain no sensitive member.
  struct Toy {
    std::optional<std::string> Secret;
  };
  static constexpr Constraint kShort{.max = 3};
  static constexpr Shape kSecret{.name = "Secret", .type = Type::string, .constraint = &kShort, .sensitive = true};
  static constexpr SlotOps kSlot{
      [](const void* slot) -> const void* { return &**static_cast<const std::optional<std::string>*>(slot); }, nullptr};
  static constexpr Member kMembers[] = {
      {.name = "Secret", .wire_name = "Secret", .json_key = "\"Secret\":", .shape = &kSecret, .slot = &kSlot}};
  static constexpr Shape kToy{.name = "Toy", .members = kMembers};
  Toy toy{"swordfish"};
  EXPECT_EQ(validate(kToy, &toy).error().says,
            "1 validation error detected: Value at 'secret' failed to satisfy constraint: Member must have length less "
            "than or equal to 3");
}

TEST(Validate, ManyViolationsAreCutShort) {
  lakeformation::BatchGrantPermissionsRequest input;
  input.Entries.items().resize(10'000);
  auto told = says(input);
  EXPECT_TRUE(told.starts_with("10 validation errors detected")) << told.substr(0, 40);
}

TEST(Validate, LongTextAgainstAPatternCostsNoStack) {
  glue::CreateTableRequest input;
  input.DatabaseName = "d";
  auto& table = input.TableInput.emplace();
  table.Name = "t";
  table.ViewOriginalText = std::string(400'000, 'v');
  EXPECT_EQ(says(input), "");
  EXPECT_TRUE(Pattern("(a*)*b", "").compiles());
  EXPECT_FALSE(Pattern("(a*)*b", "").matches(std::string(100'000, 'a')));
}

void collect(const Shape& shape, std::vector<const Shape*>& seen) {
  if (std::find(seen.begin(), seen.end(), &shape) != seen.end()) return;
  seen.push_back(&shape);
  for (auto& member : shape.members) collect(*member.shape, seen);
  if (shape.element) collect(*shape.element, seen);
  if (shape.key) collect(*shape.key, seen);
}

TEST(Validate, EveryPatternOfEveryServedOperationCompiles) {
  std::vector<const Shape*> shapes;
  for (auto* service : all_services())
    for (auto& operation : service->operations) {
      collect(*operation.input, shapes);
      collect(*operation.output, shapes);
    }
  size_t patterns = 0;
  for (auto* shape : shapes) {
    if (!shape->constraint || !shape->constraint->pattern) continue;
    ++patterns;
    EXPECT_TRUE(shape->constraint->pattern->compiles())
        << shape->name << " " << shape->constraint->pattern->expression();
  }
  EXPECT_GT(patterns, 50u);
}

TEST(Validate, SurrogateRangesMeanTheSupplementaryPlanes) {
  glue::GetTableRequest input;
  input.DatabaseName = "d";
  input.Name = "t\U0001F600";
  EXPECT_EQ(says(input), "");
  input.Name = "t\n";
  EXPECT_NE(says(input), "");
}

}  // namespace
}  // namespace weir::wire
