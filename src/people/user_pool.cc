#include "people/user_pool.h"

#include <algorithm>

#include "base/text.h"

namespace weir::people {
namespace {

constexpr std::string_view kStandard[] = {"address",
                                          "birthdate",
                                          "email",
                                          "email_verified",
                                          "family_name",
                                          "gender",
                                          "given_name",
                                          "locale",
                                          "middle_name",
                                          "name",
                                          "nickname",
                                          "phone_number",
                                          "phone_number_verified",
                                          "picture",
                                          "preferred_username",
                                          "profile",
                                          "updated_at",
                                          "website",
                                          "zoneinfo"};
constexpr std::string_view kNameAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
constexpr size_t kNameLength = 9;

}  // namespace

bool is_standard_attribute(std::string_view name) { return std::ranges::find(kStandard, name) != std::end(kStandard); }

std::string_view name_part(std::string_view pool_id) { return pool_id.substr(pool_id.find('_') + 1); }

std::string pool_arn(std::string_view region, std::string_view account, std::string_view pool_id) {
  return std::string("arn:aws:cognito-idp:")
      .append(region)
      .append(":")
      .append(account)
      .append(":userpool/")
      .append(pool_id);
}

std::string new_pool_id(std::string_view region, base::Randomness& randomness) {
  return std::string(region) + "_" + randomness.text(kNameLength, kNameAlphabet);
}

std::string UserPool::arn(std::string_view region) const { return pool_arn(region, account, id); }

std::string UserPool::folded(std::string_view username) const {
  return case_sensitive ? std::string(username) : base::to_lower(username);
}

bool UserPool::has_attribute(std::string_view name) const {
  return is_standard_attribute(name) || std::ranges::find(custom, name) != custom.end();
}

}  // namespace weir::people
