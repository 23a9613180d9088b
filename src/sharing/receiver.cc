#include "sharing/receiver.h"

#include "base/text.h"
#include "names/arn.h"

namespace weir::sharing {
namespace {

constexpr size_t kQuotedMax = 256;

base::Error no_receiver(std::string_view text) {
  bool arn = text.starts_with("arn:");
  return base::invalid("Principal " + std::string(text.substr(0, kQuotedMax)) +
                           " is neither an account, a user or role, an organization nor an organizational unit.",
                       arn ? "arn" : "parameter");
}

// A name that could match several is none.
bool is_plain(std::string_view name) {
  return !name.empty() && name.find_first_of("*?$ ") == std::string_view::npos && !name.ends_with('/');
}

// PROVIDER:user/NAME or PROVIDER:group/NAME, as Lake Formation names who signs in by SAML.
bool is_of_provider(std::string_view name) {
  auto colon = name.find(':');
  if (colon == 0 || colon == std::string_view::npos) return false;
  auto member = name.substr(colon + 1);
  return (member.starts_with("user/") && member.size() > 5) || (member.starts_with("group/") && member.size() > 6);
}

base::Result<Receiver> parse_iam(std::string_view text, const names::Arn& arn) {
  if (arn.resource == "root") return Receiver{ReceiverKind::account, arn.account, arn.account, ""};
  auto parts = base::split_n(arn.resource, '/', 2);
  if (parts.size() != 2 || !is_plain(parts[1])) return no_receiver(text);
  bool federated = parts[0] == "saml-provider" && is_of_provider(parts[1]);
  if (!federated && parts[0] != "role" && parts[0] != "user") return no_receiver(text);
  return Receiver{ReceiverKind::iam_principal, std::string(text), arn.account, ""};
}

base::Result<Receiver> parse_organization(std::string_view text, const names::Arn& arn) {
  auto parts = base::split(arn.resource, '/');
  bool whole = parts.size() == 2 && parts[0] == "organization";
  bool unit = parts.size() == 3 && parts[0] == "ou";
  if ((!whole && !unit) || !is_plain(parts[1]) || !is_plain(parts.back())) return no_receiver(text);
  return Receiver{whole ? ReceiverKind::organization : ReceiverKind::unit, std::string(text), "",
                  std::string(parts.back())};
}

}  // namespace

base::Result<Receiver> Receiver::parse(std::string_view text) {
  if (names::is_account_id(text)) return Receiver{ReceiverKind::account, std::string(text), std::string(text), ""};
  auto arn = names::Arn::parse(text);
  bool good = arn.ok() && arn->partition == "aws" && arn->region.empty() && names::is_account_id(arn->account);
  if (good && arn->service == "iam") return parse_iam(text, *arn);
  if (good && arn->service == "organizations") return parse_organization(text, *arn);
  return no_receiver(text);
}

}  // namespace weir::sharing
