#include "services/states/errors.h"

#include <span>

#include "wire/validate.h"

namespace weir::services {
namespace {

struct Row {
  std::string_view about, code;
};

constexpr Row kInvalid[] = {
    {"name", "InvalidName"},
    {"arn", "InvalidArn"},
    {"definition", "InvalidDefinition"},
    {"input", "InvalidExecutionInput"},
    {"output", "InvalidOutput"},
    {"token", "InvalidToken"},
    {"task token", "InvalidToken"},
    {"parameter", "MissingRequiredParameter"},
    {"encryption", "InvalidEncryptionConfiguration"},
};
constexpr Row kNotFound[] = {
    {"state machine", "StateMachineDoesNotExist"},
    {"execution", "ExecutionDoesNotExist"},
    {"activity", "ActivityDoesNotExist"},
    {"task", "TaskDoesNotExist"},
};
constexpr Row kAlreadyExists[] = {
    {"state machine", "StateMachineAlreadyExists"},
    {"execution", "ExecutionAlreadyExists"},
};
constexpr Row kConflict[] = {
    {"deleting", "StateMachineDeleting"},
    {"redrive", "ExecutionNotRedrivable"},
};
constexpr Row kLimits[] = {
    {"tags", "TooManyTags"},
    {"execution", "ExecutionLimitExceeded"},
    {"state machine", "StateMachineLimitExceeded"},
    {"activity", "ActivityLimitExceeded"},
};

WireError by_noun(std::span<const Row> rows, std::string_view about, std::string_view otherwise) {
  for (const auto& row : rows)
    if (row.about == about) return {row.code, 400};
  return {otherwise, 400};
}

}  // namespace

WireError states_error(const base::Error& error) {
  using base::Kind;
  switch (error.kind) {
    case Kind::invalid: return by_noun(kInvalid, error.about, "ValidationException");
    case Kind::not_found: return by_noun(kNotFound, error.about, "ResourceNotFound");
    case Kind::already_exists: return by_noun(kAlreadyExists, error.about, "ConflictException");
    case Kind::denied: return {"AccessDeniedException", 400};
    case Kind::unauthenticated: return {"UnrecognizedClientException", 400};
    case Kind::expired:
      if (error.about == "task") return {"TaskTimedOut", 400};
      return {"ExpiredTokenException", 400};
    case Kind::conflict: return by_noun(kConflict, error.about, "ConflictException");
    case Kind::concurrent:
    case Kind::precondition_failed: return {"ConflictException", 400};
    case Kind::limit_exceeded: return by_noun(kLimits, error.about, "ServiceQuotaExceededException");
    case Kind::unsupported:
      if (error.about == "type") return {"StateMachineTypeNotSupported", 400};
      return {"ValidationException", 400};
    case Kind::type_mismatch:
    case Kind::malformed_policy: return {"ValidationException", 400};
    case Kind::throttled: return {"ThrottlingException", 400};
    case Kind::unavailable: return {"ServiceUnavailable", 503};
    case Kind::internal: return {"InternalFailure", 500};
  }
  return {"InternalFailure", 500};
}

}  // namespace weir::services
