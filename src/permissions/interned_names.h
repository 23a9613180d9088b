// Texts that stand for themselves by a number while somebody uses them.
//
// A number is never given out twice; a text that came back after its last use went has a new one.
// Copies share what they hold, as SharedMap does.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "base/check.h"
#include "base/shared_map.h"

namespace weir::permissions {

class InternedNames {
 public:
  // A text with its hash, so that a bucket is searched without touching the texts.
  struct Name {
    size_t hash;
    std::string text;
  };
  struct Probe {
    size_t hash;
    std::string_view text;
    explicit Probe(std::string_view t) : hash(std::hash<std::string_view>{}(t)), text(t) {}
    friend bool operator==(const Name& a, const Probe& b) { return a.hash == b.hash && a.text == b.text; }
  };
  struct NameHash {
    size_t operator()(const Name& name) const { return name.hash; }
    size_t operator()(const Probe& probe) const { return probe.hash; }
  };
  friend bool operator==(const Name& a, const Name& b) { return a.hash == b.hash && a.text == b.text; }
  static Name name(std::string_view text) { return {Probe(text).hash, std::string(text)}; }

  // Numbers stay below this; the bits above are free for the owner's use.
  static constexpr uint32_t kEnd = 1u << 31;

  bool empty() const { return numbers_.empty(); }
  uint32_t find(std::string_view text) const;  // 0: not known
  uint32_t hold(std::string_view text);        // counts one more use
  void release(std::string_view text);         // one less; after the last one the text is forgotten

  template <class Visit>  // visit(text, number)
  void for_each(Visit&& visit) const {
    numbers_.for_each([&](const Name& name, uint32_t number) { visit(name.text, number); });
  }

 private:
  // Apart, so that one more use of a text copies no texts.
  base::SharedMap<Name, uint32_t, NameHash> numbers_;
  base::SharedMap<uint32_t, uint32_t> uses_;  // by number
  uint32_t last_ = 0;
};

}  // namespace weir::permissions
