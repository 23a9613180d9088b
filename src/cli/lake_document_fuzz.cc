// Any bytes are either refused or a document: its items can be walked, checked and named, twice with the same result.
#include <string>

#include "base/check.h"
#include "cli/lake_document.h"
#include "cli/lake_shape.h"

namespace {

using weir::base::Json;

std::string told(const weir::cli::LakeDocument& document) {
  std::string out;
  for (const auto& section : weir::cli::sections()) {
    auto status = document.each(section, [&](const Json& item) -> weir::base::Status {
      WEIR_CHECK_OK(weir::cli::check_shape(item, section.shape()));
      auto once = weir::cli::canonical(section, item, document.account());
      CHECK_TRUE(weir::cli::canonical(section, once, document.account()) == once, "one spelling is one spelling");
      CHECK_TRUE(weir::cli::check_shape(once, section.shape()).ok(), "the spelling is of the shape");
      out += weir::cli::name_of(section, once);
      for (const auto& atom : section.atoms(once)) out += atom.id + atom.value;
      for (const auto& id : weir::cli::references(section, once)) out += id;
      for (const auto& principal : weir::cli::principals(section, once)) out += principal;
      return {};
    });
    if (!status.ok()) out += status.error().says;
  }
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  auto document = weir::cli::LakeDocument::parse({reinterpret_cast<const char*>(data), size});
  if (document.ok()) CHECK_TRUE(told(*document) == told(*document), "walking a document does not change it");
  return 0;
}
