// The JavaScript engine with the reference implementation of JSONata in it, one realm at a time.
//
// A realm is a world of its own: global objects, prototypes and modules. What an expression does to its realm ends
// with renew(). Threads: one. Memory has a limit for the engine's heap; the process's limits (workers/sandbox.h) hold for all.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include <js/experimental/JSStencil.h>
#include <jsapi.h>

namespace weir::backends::jsonata {

class ScriptEngine {
 public:
  // Nothing when the engine does not come up.
  static bool start(std::string_view library, std::string_view driver);
  static ScriptEngine& only();

  bool renew();
  // The driver's answer to one question; nothing when the engine could not even say what went wrong.
  std::optional<std::string> ask(std::string_view question);

 private:
  ScriptEngine() = default;
  bool compile(std::string_view script);
  bool call(const char* function, const JS::HandleValueArray& arguments, JS::MutableHandleValue out);

  JSContext* context_ = nullptr;
  RefPtr<JS::Stencil> script_;
  JS::PersistentRootedObject realm_;
  unsigned renewals_ = 0;
};

}  // namespace weir::backends::jsonata
