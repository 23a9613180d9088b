#include "cli/credentials.h"

namespace weir::cli {
namespace {
constexpr base::Seconds kRenewBefore{60};
}

base::Result<wire::Credentials> CredentialSource::get() {
  std::lock_guard lock(mutex_);
  bool fresh = held_ && (!held_->expires || base::SystemClock().now() + kRenewBefore < *held_->expires);
  if (!fresh) {
    WEIR_TRY(held_, fetch_());
  }
  return held_->keys;
}

CredentialSourcePtr long_lived(wire::Credentials keys) {
  return std::make_shared<CredentialSource>([keys = std::move(keys)]() -> base::Result<TimedCredentials> {
    return TimedCredentials{keys, std::nullopt};
  });
}

}  // namespace weir::cli
