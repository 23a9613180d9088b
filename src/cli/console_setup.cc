#include "cli/console_setup.h"

#include "cli/console_documents.h"

namespace weir::cli {
namespace {

using base::Json;

constexpr char kName[] = "weir-console";
constexpr char kAdministrators[] = "administrators";
constexpr char kAdministratorRole[] = "WeirConsoleAdministrator", kUserRole[] = "WeirConsoleUser";
constexpr char kUserPolicy[] = "console";
constexpr char kMark[] = "weir:console";  // a tag of the roles made here
constexpr char kAdministratorAccess[] = "arn:aws:iam::aws:policy/AdministratorAccess";

// Without characters that are easily mistaken for each other; a part of each kind, as the pool's policy wants it.
base::Secret one_time_password(base::Randomness& randomness) {
  constexpr std::string_view kUpper = "ABCDEFGHJKLMNPQRSTUVWXYZ", kLower = "abcdefghijkmnpqrstuvwxyz",
                             kDigits = "23456789";
  return base::Secret(randomness.text(4, kUpper) + "-" + randomness.text(5, kLower) + "-" +
                      randomness.text(4, kDigits) + "-" + randomness.text(5, kLower));
}

std::string text_in(const Json& answer, std::string_view object, std::string_view member) {
  const auto* found = answer.find(object);
  return found ? found->text(member) : std::string();
}

Json pool_request() {
  return Json::object()
      .set("PoolName", kName)
      .set("AutoVerifiedAttributes", Json::array().push("email"))
      .set("MfaConfiguration", "OPTIONAL")
      .set("UsernameConfiguration", Json::object().set("CaseSensitive", false))
      .set("AdminCreateUserConfig", Json::object().set("AllowAdminCreateUserOnly", true));
}

Json texts(std::initializer_list<const char*> words) {
  auto out = Json::array();
  for (const auto* word : words) out.push(word);
  return out;
}

// A mail address is nobody's own to change: decisions hang on it, and being left out of them.
Json client_request(const std::string& pool) {
  return Json::object()
      .set("UserPoolId", pool)
      .set("ClientName", kName)
      .set("GenerateSecret", false)
      .set("ExplicitAuthFlows", texts({"ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"}))
      .set("WriteAttributes", texts({"name", "given_name", "family_name", "locale", "zoneinfo"}))
      .set("RefreshTokenValidity", 12)
      .set("TokenValidityUnits", Json::object().set("RefreshToken", "hours"));
}

Json identity_pool_request(const std::string& provider, const std::string& client) {
  auto source = Json::object().set("ProviderName", provider).set("ClientId", client).set("ServerSideTokenCheck", true);
  return Json::object()
      .set("IdentityPoolName", kName)
      .set("AllowUnauthenticatedIdentities", false)
      .set("CognitoIdentityProviders", Json::array().push(std::move(source)));
}

bool has_mark(const Json& role) {
  const auto* tags = role.find("Tags");
  if (!tags || !tags->as_array()) return false;
  for (const auto& tag : *tags->as_array())
    if (tag.text("Key") == kMark) return true;
  return false;
}

bool has_administrator(const Json& admins, const std::string& arn) {
  for (const auto& one : *admins.as_array())
    if (one.text("DataLakePrincipalIdentifier") == arn) return true;
  return false;
}

}  // namespace

std::string ConsoleSetup::provider(const ConsoleParts& console) const {
  return "cognito-idp." + region_ + ".amazonaws.com/" + console.user_pool;
}

std::string ConsoleSetup::role_arn(std::string_view name) const {
  return "arn:aws:iam::" + account_ + ":role/" + std::string(name);
}

// Done, or not needed: `unless` is the error code that says so.
base::Status ConsoleSetup::forgo(std::string_view service, std::string_view operation, const Json& request,
                                 std::string_view unless) const {
  auto done = perform(service, operation, request);
  return done.ok() || done.error().about == unless ? base::Status() : base::Status(done.error());
}

base::Result<ConsoleParts> ConsoleSetup::existing() const {
  auto found = perform("weir_api", "GetConsole", Json::object());
  if (!found && found.error().about == "EntityNotFoundException")
    return base::not_found("the account has no console: `weir console init` makes one", "console");
  if (!found) return std::move(found).error();
  return ConsoleParts{found->text("UserPoolId"), found->text("UserPoolClientId"), found->text("IdentityPoolId")};
}

base::Result<ConsoleParts> ConsoleSetup::make() const {
  auto there = existing();
  if (there) return base::already_exists("the account has a console", "console");
  if (there.error().kind != base::Kind::not_found) return std::move(there).error();
  WEIR_TRY(auto console, make_pools());
  WEIR_CHECK_OK(make_roles(console));
  WEIR_CHECK_OK(map_roles(console));
  WEIR_CHECK_OK(make_data_lake_administrator());
  WEIR_CHECK_OK(perform("weir_api", "PutConsole",
                        Json::object()
                            .set("UserPoolId", console.user_pool)
                            .set("UserPoolClientId", console.client)
                            .set("IdentityPoolId", console.identity_pool)));
  return console;
}

base::Result<ConsoleParts> ConsoleSetup::make_pools() const {
  ConsoleParts out;
  WEIR_TRY(auto pool, perform("cognito-idp", "CreateUserPool", pool_request()));
  out.user_pool = text_in(pool, "UserPool", "Id");
  WEIR_TRY(auto client, perform("cognito-idp", "CreateUserPoolClient", client_request(out.user_pool)));
  out.client = text_in(client, "UserPoolClient", "ClientId");
  auto request = identity_pool_request(provider(out), out.client);
  WEIR_TRY(auto identities, perform("cognito-identity", "CreateIdentityPool", request));
  out.identity_pool = identities.text("IdentityPoolId");
  return out;
}

base::Status ConsoleSetup::make_roles(const ConsoleParts& console) const {
  auto trust = trust_identity_pool(console.identity_pool);
  WEIR_CHECK_OK(put_role(kAdministratorRole, "Administrators who sign in to the console", trust));
  WEIR_CHECK_OK(perform("iam", "AttachRolePolicy",
                        Json::object().set("RoleName", kAdministratorRole).set("PolicyArn", kAdministratorAccess)));
  WEIR_CHECK_OK(put_role(kUserRole, "Everybody else who signs in to the console", trust));
  return put_user_policy();
}

base::Status ConsoleSetup::put_user_policy() const {
  WEIR_CHECK_OK(perform("iam", "PutRolePolicy",
                        Json::object()
                            .set("RoleName", kUserRole)
                            .set("PolicyName", kUserPolicy)
                            .set("PolicyDocument", console_user_policy().dump())));
  return {};
}

base::Result<bool> ConsoleSetup::upgrade() const {
  WEIR_CHECK_OK(existing());
  WEIR_CHECK_OK(check_is_ours(kUserRole));
  auto found =
      perform("iam", "GetRolePolicy", Json::object().set("RoleName", kUserRole).set("PolicyName", kUserPolicy));
  if (!found && found.error().about != "NoSuchEntity") return std::move(found).error();
  if (found && found->text("PolicyDocument") == console_user_policy().dump()) return false;
  WEIR_CHECK_OK(put_user_policy());
  return true;
}

base::Status ConsoleSetup::put_role(const std::string& name, const std::string& says, const Json& trust) const {
  auto tags = Json::array().push(Json::object().set("Key", kMark).set("Value", "role"));
  auto made = perform("iam", "CreateRole",
                      Json::object()
                          .set("RoleName", name)
                          .set("Description", says)
                          .set("AssumeRolePolicyDocument", trust.dump())
                          .set("Tags", std::move(tags)));
  if (made.ok()) return {};
  if (made.error().about != "EntityAlreadyExists") return std::move(made).error();
  WEIR_CHECK_OK(check_is_ours(name));
  WEIR_CHECK_OK(perform("iam", "UpdateAssumeRolePolicy",
                        Json::object().set("RoleName", name).set("PolicyDocument", trust.dump())));
  return {};
}

base::Status ConsoleSetup::check_is_ours(const std::string& role) const {
  WEIR_TRY(auto found, perform("iam", "GetRole", Json::object().set("RoleName", role)));
  const auto* there = found.find("Role");
  if (there && has_mark(*there)) return {};
  return base::already_exists("a role " + role + " is there that was not made for a console", "role");
}

base::Status ConsoleSetup::map_roles(const ConsoleParts& console) const {
  WEIR_CHECK_OK(perform("cognito-idp", "CreateGroup",
                        Json::object()
                            .set("UserPoolId", console.user_pool)
                            .set("GroupName", kAdministrators)
                            .set("Description", "May do everything")
                            .set("RoleArn", role_arn(kAdministratorRole))));
  auto by_token = Json::object().set("Type", "Token").set("AmbiguousRoleResolution", "AuthenticatedRole");
  WEIR_CHECK_OK(perform(
      "cognito-identity", "SetIdentityPoolRoles",
      Json::object()
          .set("IdentityPoolId", console.identity_pool)
          .set("Roles", Json::object().set("authenticated", role_arn(kUserRole)))
          .set("RoleMappings", Json::object().set(provider(console) + ":" + console.client, std::move(by_token)))));
  return {};
}

base::Status ConsoleSetup::make_data_lake_administrator() const {
  WEIR_TRY(auto answer, perform("lakeformation", "GetDataLakeSettings", Json::object()));
  auto* settings = answer.find("DataLakeSettings");
  if (!settings) return base::internal("settings without DataLakeSettings");
  if (!settings->find("DataLakeAdmins")) settings->set("DataLakeAdmins", Json::array());
  auto& admins = *settings->find("DataLakeAdmins");
  auto arn = role_arn(kAdministratorRole);
  if (has_administrator(admins, arn)) return {};
  admins.push(Json::object().set("DataLakePrincipalIdentifier", arn));
  WEIR_CHECK_OK(perform("lakeformation", "PutDataLakeSettings", Json::object().set("DataLakeSettings", *settings)));
  return {};
}

// What the person had, without what the pool gives.
base::Result<Json> ConsoleSetup::attributes_of(const Json& who) const {
  auto out = Json::array();
  auto found = perform("cognito-idp", "AdminGetUser", who);
  if (!found && found.error().about == "UserNotFoundException") return out;
  if (!found) return std::move(found).error();
  const auto* attributes = found->find("UserAttributes");
  if (!attributes || !attributes->as_array()) return out;
  for (const auto& one : *attributes->as_array())
    if (one.text("Name") != "sub") out.push(one);
  return out;
}

base::Result<base::Secret> ConsoleSetup::let_administrator_in(const ConsoleParts& console, const std::string& username,
                                                              base::Randomness& randomness) const {
  auto who = Json::object().set("UserPoolId", console.user_pool).set("Username", username);
  WEIR_TRY(auto attributes, attributes_of(who));
  WEIR_CHECK_OK(forgo("cognito-idp", "AdminDeleteUser", who, "UserNotFoundException"));
  auto password = one_time_password(randomness);
  auto person = who;
  person.set("TemporaryPassword", password.reveal()).set("MessageAction", "SUPPRESS");
  person.set("UserAttributes", std::move(attributes));
  WEIR_CHECK_OK(perform("cognito-idp", "AdminCreateUser", person));
  auto membership = who;
  membership.set("GroupName", kAdministrators);
  WEIR_CHECK_OK(perform("cognito-idp", "AdminAddUserToGroup", membership));
  return password;
}

}  // namespace weir::cli
