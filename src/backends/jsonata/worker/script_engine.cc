#include "backends/jsonata/worker/script_engine.h"

#include <js/CharacterEncoding.h>
#include <js/CompilationAndEvaluation.h>
#include <js/CompileOptions.h>
#include <js/Conversions.h>
#include <js/GCAPI.h>
#include <js/Initialization.h>
#include <js/RealmOptions.h>
#include <js/SourceText.h>
#include <jsfriendapi.h>

#include "backends/jsonata/worker/digest.h"

namespace weir::backends::jsonata {
namespace {

constexpr uint32_t kHeapBytesMax = 96u << 20;
constexpr size_t kStackBytesMax = 2u << 20;
constexpr unsigned kRenewalsPerCollection = 16;

const JSClass kGlobalClass = {"global", JSCLASS_GLOBAL_FLAGS, &JS::DefaultGlobalClassOps, nullptr, nullptr, nullptr};

std::optional<std::string> utf8(JSContext* context, JS::HandleValue value) {
  if (!value.isString()) return std::nullopt;
  JS::RootedString text(context, value.toString());
  auto bytes = JS_EncodeStringToUTF8(context, text);
  if (!bytes) return std::nullopt;
  return std::string(bytes.get());
}

// digest(algorithm, text), for driver.js.
bool digest_call(JSContext* context, unsigned count, JS::Value* values) {
  auto arguments = JS::CallArgsFromVp(count, values);
  arguments.rval().setUndefined();
  auto algorithm = utf8(context, arguments.get(0));
  auto text = utf8(context, arguments.get(1));
  if (!algorithm || !text) return !JS_IsExceptionPending(context);
  auto hex = hex_digest(*algorithm, *text);
  if (!hex) return true;
  auto* out = JS_NewStringCopyN(context, hex->data(), hex->size());
  if (out) arguments.rval().setString(out);
  return out != nullptr;
}

// Expressions are short and run once: compiling them to machine code would cost more than it gives, and a process
// that never writes code into its memory is one to attack less.
void interpret_only(JSContext* context) {
  for (auto option : {JSJITCOMPILER_BASELINE_INTERPRETER_ENABLE, JSJITCOMPILER_BASELINE_ENABLE,
                      JSJITCOMPILER_ION_ENABLE, JSJITCOMPILER_NATIVE_REGEXP_ENABLE})
    JS_SetGlobalJitCompilerOption(context, option, 0);
}

}  // namespace

ScriptEngine& ScriptEngine::only() {
  // Never destroyed: the process ends by leaving.
  static auto* engine = new ScriptEngine;
  return *engine;
}

bool ScriptEngine::start(std::string_view library, std::string_view driver) {
  auto& engine = only();
  if (!JS_Init()) return false;
  auto* context = engine.context_ = JS_NewContext(kHeapBytesMax);
  if (!context || !js::UseInternalJobQueues(context)) return false;
  interpret_only(context);
  JS_SetGCParameter(context, JSGC_MAX_BYTES, kHeapBytesMax);
  JS_SetNativeStackQuota(context, kStackBytesMax);
  if (!JS::InitSelfHostedCode(context)) return false;
  engine.realm_.init(context);
  return engine.compile(std::string(library) + "\n" + std::string(driver)) && engine.renew();
}

bool ScriptEngine::compile(std::string_view script) {
  JS::CompileOptions options(context_);
  options.setFileAndLine("jsonata", 1).setForceFullParse();
  JS::SourceText<mozilla::Utf8Unit> source;
  if (!source.init(context_, script.data(), script.size(), JS::SourceOwnership::Borrowed)) return false;
  script_ = JS::CompileGlobalScriptToStencil(context_, options, source);
  return script_ != nullptr;
}

bool ScriptEngine::renew() {
  realm_ = nullptr;
  if (++renewals_ % kRenewalsPerCollection == 0) JS_GC(context_);
  JS::RealmOptions options;
  options.creationOptions().setNewCompartmentAndZone();
  realm_ = JS_NewGlobalObject(context_, &kGlobalClass, nullptr, JS::FireOnNewGlobalHook, options);
  if (!realm_) return false;
  JSAutoRealm entered(context_, realm_);
  if (!JS_DefineFunction(context_, realm_, "digest", digest_call, 2, 0)) return false;
  JS::RootedScript script(context_, JS::InstantiateGlobalStencil(context_, JS::InstantiateOptions(), script_));
  JS::RootedValue ignored(context_);
  return script && JS_ExecuteScript(context_, script, &ignored);
}

bool ScriptEngine::call(const char* function, const JS::HandleValueArray& arguments, JS::MutableHandleValue out) {
  bool done = JS_CallFunctionName(context_, realm_, function, arguments, out);
  if (!done) JS_ClearPendingException(context_);
  return done;
}

std::optional<std::string> ScriptEngine::ask(std::string_view question) {
  JSAutoRealm entered(context_, realm_);
  JS::RootedString text(context_, JS_NewStringCopyUTF8N(context_, JS::UTF8Chars(question.data(), question.size())));
  if (!text) return std::nullopt;
  JS::RootedValue argument(context_, JS::StringValue(text)), answer(context_);
  if (!call("begin", JS::HandleValueArray(argument), &answer)) return std::nullopt;
  js::RunJobs(context_);
  if (!call("finish", JS::HandleValueArray::empty(), &answer)) return std::nullopt;
  return utf8(context_, answer);
}

}  // namespace weir::backends::jsonata
