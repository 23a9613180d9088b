#include "cli/iam_calls.h"

#include <map>

#include "base/text.h"
#include "wire/iam_operations.h"
#include "wire/json_codec.h"

namespace weir::cli {
namespace {

using base::Json;
namespace iam = wire::iam::op;

template <class Op>
base::Result<Json> call_typed(const AwsClient& client, const Json& request) {
  typename Op::Input input{};
  WEIR_CHECK_OK(wire::decode_json(wire::shape_of<typename Op::Input>(), request.dump(), &input));
  WEIR_TRY(auto output, client.call<Op>(input));
  std::string text;
  wire::encode_json(wire::shape_of<typename Op::Output>(), &output, text);
  return base::parse_json(text);
}

using Call = base::Result<Json> (*)(const AwsClient&, const Json&);

#define WEIR_IAM_CALL(name) \
  { #name, &call_typed < iam::name> }
const std::map<std::string_view, Call>& calls() {
  static const std::map<std::string_view, Call> table = {
      WEIR_IAM_CALL(ListPolicies),
      WEIR_IAM_CALL(GetPolicy),
      WEIR_IAM_CALL(GetPolicyVersion),
      WEIR_IAM_CALL(CreatePolicy),
      WEIR_IAM_CALL(CreatePolicyVersion),
      WEIR_IAM_CALL(ListGroups),
      WEIR_IAM_CALL(GetGroup),
      WEIR_IAM_CALL(CreateGroup),
      WEIR_IAM_CALL(ListUsers),
      WEIR_IAM_CALL(GetUser),
      WEIR_IAM_CALL(CreateUser),
      WEIR_IAM_CALL(TagUser),
      WEIR_IAM_CALL(PutUserPermissionsBoundary),
      WEIR_IAM_CALL(AddUserToGroup),
      WEIR_IAM_CALL(ListRoles),
      WEIR_IAM_CALL(GetRole),
      WEIR_IAM_CALL(CreateRole),
      WEIR_IAM_CALL(UpdateRole),
      WEIR_IAM_CALL(UpdateAssumeRolePolicy),
      WEIR_IAM_CALL(TagRole),
      WEIR_IAM_CALL(PutRolePermissionsBoundary),
      WEIR_IAM_CALL(ListUserPolicies),
      WEIR_IAM_CALL(GetUserPolicy),
      WEIR_IAM_CALL(PutUserPolicy),
      WEIR_IAM_CALL(ListAttachedUserPolicies),
      WEIR_IAM_CALL(AttachUserPolicy),
      WEIR_IAM_CALL(ListGroupPolicies),
      WEIR_IAM_CALL(GetGroupPolicy),
      WEIR_IAM_CALL(PutGroupPolicy),
      WEIR_IAM_CALL(ListAttachedGroupPolicies),
      WEIR_IAM_CALL(AttachGroupPolicy),
      WEIR_IAM_CALL(ListRolePolicies),
      WEIR_IAM_CALL(GetRolePolicy),
      WEIR_IAM_CALL(PutRolePolicy),
      WEIR_IAM_CALL(ListAttachedRolePolicies),
      WEIR_IAM_CALL(AttachRolePolicy),
  };
  return table;
}
#undef WEIR_IAM_CALL

bool is_document(const std::string& member) {
  return member == "PolicyDocument" || member == "AssumeRolePolicyDocument" || member == "Document";
}

void decode_documents(Json& value) {
  if (auto* list = value.as_array())
    for (auto& item : *list) decode_documents(item);
  if (!value.as_object()) return;
  for (auto& [name, member] : *value.as_object()) {
    if (is_document(name) && member.as_string())
      member = base::uri_decode(*member.as_string());
    else
      decode_documents(member);
  }
}

}  // namespace

base::Result<Json> call_iam(const AwsClient& client, std::string_view operation, const Json& request) {
  auto found = calls().find(operation);
  if (found == calls().end())
    return base::fail(base::Kind::unsupported, "no call of IAM " + std::string(operation), "operation");
  WEIR_TRY(auto answer, found->second(client, request));
  decode_documents(answer);
  return answer;
}

}  // namespace weir::cli
