// The chain that makes a changed record show: every line carries a hash over itself and the line before.
//
//   {"chain":"<64 hex>","opens":{"date":"2026-11-22","previous":"<64 hex>"}}      the first line of a file
//   {"chain":"<64 hex>","event":{...}}
//
// chain = SHA-256(previous hash as 32 bytes || the line's text after the chain member), or HMAC-SHA-256 under
// a key, so that who can write the files but lacks the key cannot make a chain of their own.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/secret.h"

namespace weir::backends {

class Chain {
 public:
  static const std::string& start();  // 64 zeros: before the first line of all
  explicit Chain(base::Secret key = {}) : key_(std::move(key)) {}

  // Appends the line, without its end, that follows `head`; `head` becomes its hash.
  void append_line(std::string& out, std::string& head, std::string_view member, std::string_view json) const;
  // The hash that a line of this body must carry after `previous`.
  std::string hash(const std::string& previous, std::string_view body) const;

 private:
  base::Secret key_;
};

struct ChainedLine {
  std::string_view hash;
  std::string_view body;   // "event":{...}
  std::string_view event;  // the record; empty for an opening line
};
std::optional<ChainedLine> take_apart(std::string_view line);

}  // namespace weir::backends
