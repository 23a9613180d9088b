#include "people/console.h"

#include "people/keys.h"
#include "store/record_access.h"

namespace weir::people {

base::Error no_console() { return base::not_found("The account has no console.", "console"); }

base::Result<std::optional<Console>> ConsoleRecords::find(std::string_view account) {
  return store::load<Console>(tx_, keys::of("console", account));
}

base::Status ConsoleRecords::put(const Console& console) {
  return store::save(tx_, keys::of("console", console.account), console);
}

base::Status ConsoleRecords::erase(const Console& console) { return tx_.erase(keys::of("console", console.account)); }

}  // namespace weir::people
