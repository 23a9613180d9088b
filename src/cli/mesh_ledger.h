// What a mesh command says while it works: a line for each thing and what became of it.
//
// Threads: one.
#pragma once
#include <string>
#include <string_view>

namespace weir::cli {

enum class Fate : unsigned char { made, there, changed, removed, absent, left };

class MeshLedger {
 public:
  // Prints "made           role       arn:..."; `why` follows in parentheses.
  void enter(Fate fate, std::string_view kind, std::string_view name, std::string_view why = "");
  // A sentence for the reader, after the things.
  void say(std::string_view sentence) const;
  // Whether everything that was to go is gone: nothing was left where it stood.
  bool complete() const { return complete_; }

 private:
  bool complete_ = true;
};

}  // namespace weir::cli
