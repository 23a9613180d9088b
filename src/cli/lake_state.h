// What a lake holds, as digests: enough to say of an item whether it is there and whether it is the same.
//
// One thread to fill; then any.
#pragma once
#include <array>
#include <cstring>
#include <unordered_map>

#include "base/hash.h"
#include "cli/lake_document.h"

namespace weir::cli {

enum class Standing { absent, differs, same };

class LakeState final : public LakeSink {
 public:
  base::Status begin(const Section&) override { return {}; }
  base::Status add(const Section& section, const base::Json& item) override {
    for (const auto& atom : section.atoms(item)) put(atom);
    return {};
  }
  // False when an atom of that id was there before.
  bool put(const Atom& atom) { return digests_.emplace(digest(atom.id), digest(atom.value)).second; }

  bool has(std::string_view id) const { return digests_.contains(digest(id)); }
  bool holds(const Atom& atom) const {
    auto found = digests_.find(digest(atom.id));
    return found != digests_.end() && found->second == digest(atom.value);
  }
  Standing standing(const std::vector<Atom>& atoms) const {
    if (atoms.empty()) return Standing::same;
    if (!has(atoms.front().id)) return Standing::absent;
    for (const auto& atom : atoms)
      if (!holds(atom)) return Standing::differs;
    return Standing::same;
  }

 private:
  using Half = std::array<char, 16>;  // of a SHA-256: no two names of one lake meet by chance
  struct First {
    size_t operator()(const Half& half) const {
      size_t out = 0;
      std::memcpy(&out, half.data(), sizeof out);
      return out;
    }
  };
  static Half digest(std::string_view text) {
    Half out{};
    auto whole = base::sha256(text);
    std::memcpy(out.data(), whole.data(), out.size());
    return out;
  }
  std::unordered_map<Half, Half, First> digests_;
};

}  // namespace weir::cli
