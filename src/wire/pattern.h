// A regular expression of a model, compiled when it is first needed by an engine whose time is linear in the text.
//
// A constant of the generated tables; safe to use from any thread.
#pragma once
#include <atomic>
#include <string_view>

namespace re2 {
class RE2;
}

namespace weir::wire {

class Pattern {
 public:
  // `expression` in RE2's dialect; `published` is the model's own spelling, for messages.
  constexpr Pattern(std::string_view expression, std::string_view published)
      : expression_(expression), published_(published) {}

  std::string_view published() const { return published_; }
  std::string_view expression() const { return expression_; }
  // Whether the whole text matches. A pattern that does not compile matches nothing.
  bool matches(std::string_view text) const;
  bool compiles() const;

 private:
  const re2::RE2& compiled() const;

  std::string_view expression_;
  std::string_view published_;
  mutable std::atomic<const re2::RE2*> compiled_{nullptr};
};

}  // namespace weir::wire
