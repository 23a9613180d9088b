#include "app/iam/iam_providers.h"

namespace weir::app {

base::Result<ProviderName> provider_name(std::string_view arn, std::string_view kind) {
  auto bad = [&] { return base::invalid("ARN " + std::string(arn.substr(0, 320)) + " is not valid.", "arn"); };
  auto parsed = names::Arn::parse(arn);
  if (!parsed.ok() || parsed->service != "iam" || !parsed->region.empty() || !parsed->resource.starts_with(kind))
    return bad();
  auto account = names::AccountId::parse(parsed->account);
  auto name = parsed->resource.substr(kind.size());
  if (!account.ok() || name.empty()) return bad();
  return ProviderName{std::move(*account), std::move(name)};
}

}  // namespace weir::app
