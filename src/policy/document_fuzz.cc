// Any text at all, read as each kind of policy. Beliefs: no crash; what parse_policy() takes, load_policy()
// reads, and every statement of it has its place in the text; what it refuses never allows anything after load_policy() unless only an operator or value was unknown.
#include <cstddef>
#include <cstdint>

#include "base/check.h"
#include "policy/document.h"
#include "policy/source_text.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace weir::policy;
  std::string_view text(reinterpret_cast<const char*>(data), size);
  for (auto kind : {PolicyKind::identity, PolicyKind::trust, PolicyKind::resource, PolicyKind::session, PolicyKind::scp,
                    PolicyKind::boundary}) {
    auto strict = parse_policy(text, kind);
    auto stored = load_policy(text, kind);
    CHECK_TRUE(stored != nullptr, "load_policy() always gives a policy");
    CHECK_TRUE(stored->text() == text, "the text is kept");
    CHECK_TRUE(!strict.ok() || !stored->unreadable(), "what was accepted can be read again");
    CHECK_TRUE(!stored->unreadable() || stored->statements().front().effect() == Effect::deny, "unreadable denies");
    (void)context_keys(*stored);
    auto spans = statement_spans(text);
    CHECK_TRUE(!strict.ok() || spans.size() == (*strict)->statements().size(), "every statement has its place");
    if (strict.ok() && names_principals(kind)) {
      auto bound = bind_principals(*strict, [](std::string_view) { return std::string("AROA0000000000000000"); });
      CHECK_TRUE(bound.ok(), "every principal resolves here");
      auto shown = published_text(**bound, [](auto, auto) { return false; });
      CHECK_TRUE(!load_policy(shown, kind)->unreadable(), "what we publish can be read");
    }
  }
  return 0;
}
