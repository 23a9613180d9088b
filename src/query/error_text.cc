#include "query/error_text.h"

namespace weir::query {
namespace {

using base::Kind;
using duckdb::ExceptionType;

bool is_about_the_statement(ExceptionType type) {
  return type == ExceptionType::PARSER || type == ExceptionType::SYNTAX || type == ExceptionType::BINDER ||
         type == ExceptionType::CATALOG || type == ExceptionType::EXPRESSION ||
         type == ExceptionType::PARAMETER_NOT_RESOLVED || type == ExceptionType::PARAMETER_NOT_ALLOWED;
}

const char* class_of(ExceptionType type) {
  switch (type) {
    case ExceptionType::CONVERSION: return "a value cannot be converted to the type asked for";
    case ExceptionType::OUT_OF_RANGE:
    case ExceptionType::DECIMAL: return "a value is out of range";
    case ExceptionType::DIVIDE_BY_ZERO: return "division by zero";
    case ExceptionType::MISMATCH_TYPE:
    case ExceptionType::INVALID_TYPE: return "a value has the wrong type";
    default: return "a function refused a value";
  }
}

base::Error logged(base::Error error, const duckdb::ErrorData& from) {
  error.log = from.Message();
  return error;
}

}  // namespace

base::Error error_of(const duckdb::ErrorData& error, Stage stage) {
  auto type = error.Type();
  if (stage == Stage::planning && is_about_the_statement(type)) return base::invalid(error.RawMessage(), "statement");
  switch (type) {
    case ExceptionType::INTERRUPT: return base::fail(Kind::unavailable, "The query was cancelled.", "query");
    case ExceptionType::OUT_OF_MEMORY:
      return logged(base::fail(Kind::limit_exceeded, "The query needs more memory than it may use.", "query"), error);
    case ExceptionType::PERMISSION:
      return logged(base::denied("The query uses something that governed queries may not.", "query"), error);
    case ExceptionType::NOT_IMPLEMENTED:
      return logged(base::fail(Kind::unsupported, "The query uses something that is not supported.", "query"), error);
    case ExceptionType::INTERNAL:
    case ExceptionType::FATAL:
    case ExceptionType::IO: return base::internal(error.Message());
    default:
      return logged(base::invalid(std::string("The query failed while it ran: ") + class_of(type) + ".", "query"),
                    error);
  }
}

}  // namespace weir::query
