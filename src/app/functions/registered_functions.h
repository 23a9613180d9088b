// The functions of an account, as callers may register, see and take them away.
//
// Registering is declarative: the same content again changes nothing, other content replaces what was there. The
// secret of a webhook stays through that, unless a new one is asked for.
//
// Invariants:
//  1. A secret leaves once, in the answer of the registration that made it. It and the environment's values are kept
//     sealed, and are in no list, log or event.
//  2. A role is given by who may pass it to lambda.amazonaws.com, and trusts that service for this function.
//
// Errors: invalid about "function", "function name", "environment"; not_found about "function"; limit_exceeded about
// "functions"; denied for functions of other accounts, there or not.
//
// Threads: as the Call.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/call.h"
#include "base/secret.h"
#include "functions/function.h"
#include "functions/function_name.h"

namespace weir::app {

inline constexpr char kLambdaService[] = "lambda.amazonaws.com";

struct Registration {
  std::string name;
  std::string url = {};  // of a webhook; else
  std::optional<functions::BuiltIn> built_in = {};
  std::string role = {};                    // of a built-in function
  functions::Environment environment = {};  // of a built-in function
  std::optional<int64_t> timeout_s = {};    // of a webhook
  bool rotate_secret = false;               // of a webhook that is there
};

struct Registered {
  std::string arn;
  std::optional<base::Secret> secret = {};  // when it was made now
};

struct ShownFunction {
  std::string arn;
  functions::Function function;
};

base::Result<Registered> register_function(Call& call, const Registration& wanted);
// `name`: any form of function_name.h.
base::Result<ShownFunction> describe_function(Call& call, const std::string& name);
base::Result<std::vector<ShownFunction>> list_functions(Call& call);
base::Status deregister_function(Call& call, const std::string& name);

// --- for who invokes them
base::Error no_such_function(const functions::FunctionName& name);
base::Result<base::Secret> secret_of(const Lake& lake, const functions::Function& function);
base::Result<functions::Environment> environment_of(const Lake& lake, const functions::Function& function);

// sealed_records.h.
base::Result<bool> seal_anew(functions::Function& function, const identity::KeyRing& ring,
                             base::Randomness& randomness);

}  // namespace weir::app
