#include "cli/mesh_ledger.h"

#include <cstdio>

namespace weir::cli {
namespace {

const char* word_of(Fate fate) {
  switch (fate) {
    case Fate::made: return "made";
    case Fate::there: return "already there";
    case Fate::changed: return "set again";
    case Fate::removed: return "removed";
    case Fate::absent: return "not there";
    case Fate::left: return "left as it is";
  }
  return "";
}

}  // namespace

void MeshLedger::enter(Fate fate, std::string_view kind, std::string_view name, std::string_view why) {
  if (fate == Fate::left) complete_ = false;
  std::string line(name);
  if (!why.empty()) line += " (" + std::string(why) + ")";
  std::printf("%-15s%-14s%s\n", word_of(fate), std::string(kind).c_str(), line.c_str());
  std::fflush(stdout);
}

void MeshLedger::say(std::string_view sentence) const {
  std::printf("%s\n", std::string(sentence).c_str());
  std::fflush(stdout);
}

}  // namespace weir::cli
