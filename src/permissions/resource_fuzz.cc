// Keys, principals and filter records from outside: whatever is read writes back the same.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "permissions/principal.h"
#include "permissions/resource.h"
#include "permissions/snapshot.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace weir::permissions;
  std::string_view text(reinterpret_cast<const char*>(data), size);
  if (auto resource = Resource::parse_key(text); resource.ok()) {
    auto again = Resource::parse_key(resource->key());
    if (!again.ok() || !(*again == *resource)) std::abort();
  }
  if (auto principal = Principal::parse(text); principal.ok()) {
    auto again = Principal::parse(principal->text());
    if (!again.ok() || !(*again == *principal)) std::abort();
  }
  Snapshot snapshot("111122223333");
  auto cut = text.find('\n');
  if (cut != text.npos) (void)snapshot.apply(text.substr(0, cut), std::string(text.substr(cut + 1))).ok();
  return 0;
}
