// The one place that names a concrete store, backend and journal, and puts the program together.
#pragma once
#include <memory>

#include "app/lake.h"
#include "server/config.h"

namespace weir::server {

// A data directory opened: its lock, key ring, stores, backend and journal.
// INVARIANT: at most one process serves a data directory.
class Composition {
 public:
  static base::Result<std::unique_ptr<Composition>> open(const Config& config);
  ~Composition();
  app::Lake& lake();

 private:
  struct Parts;
  explicit Composition(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

// What `weir admin` needs, beside a running server: the store of identities and permissions, and the key ring.
struct AdminAccess {
  std::unique_ptr<store::Store> store;
  identity::KeyRing keys;
};
base::Result<AdminAccess> open_for_admin(const std::string& data_dir);

// The first start: the account of the configuration with its administrator and the profile "default". Whether it was
// the first.
base::Result<bool> make_first_account(app::Lake& lake, const Config& config);

}  // namespace weir::server
