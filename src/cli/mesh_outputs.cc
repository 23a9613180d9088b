#include "cli/mesh_outputs.h"

#include <cerrno>
#include <cstdio>
#include <fstream>
#include <optional>
#include <sstream>

#include "base/json.h"

namespace weir::cli {
namespace {

constexpr std::string_view kKind = "file";

std::optional<std::string> text_of(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return std::nullopt;
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

base::Error cannot(const std::string& what, const std::string& file) {
  return base::invalid("cannot " + what + " " + file, "outputs");
}

// Its readers find the old text or the new one.
base::Status replace_file(const std::string& file, const std::string& text) {
  auto pending = file + ".partial";
  std::ofstream out(pending, std::ios::binary | std::ios::trunc);
  out << text;
  out.close();
  if (out && std::rename(pending.c_str(), file.c_str()) == 0) return {};
  std::remove(pending.c_str());
  return cannot("write", file);
}

}  // namespace

std::string outputs_text(const MeshPlace& place) {
  auto stack = base::Json::object().set("StateMachineArn", place.machine()).set("StateMachineName", kMachineName);
  return base::Json::object().set("InfraStack", stack).dump_pretty() + "\n";
}

base::Status write_outputs(const std::string& file, const MeshPlace& place, MeshLedger& ledger) {
  auto text = outputs_text(place);
  auto there = text_of(file);
  if (there != text) WEIR_CHECK_OK(replace_file(file, text));
  ledger.enter(!there ? Fate::made : *there == text ? Fate::there : Fate::changed, kKind, file);
  return {};
}

base::Status remove_outputs(const std::string& file, const MeshPlace& place, MeshLedger& ledger) {
  auto there = text_of(file);
  if (!there) {
    ledger.enter(Fate::absent, kKind, file);
    return {};
  }
  if (*there != outputs_text(place)) {
    ledger.enter(Fate::left, kKind, file, "it says something else than weir mesh wrote");
    return {};
  }
  if (std::remove(file.c_str()) != 0) return cannot("remove", file);
  ledger.enter(Fate::removed, kKind, file);
  return {};
}

}  // namespace weir::cli
