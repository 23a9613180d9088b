// Structured log lines: an event name and fields, as JSON or for a console.
//
//   log_info("request", {{"service", "glue"}, {"status", 200}});
//
// Secrets cannot get here: base::Secret does not convert to a field.
#pragma once
#include <initializer_list>
#include <string_view>
#include <utility>

#include "base/json.h"

namespace weir::base {

enum class LogFormat { console, json };
enum class LogLevel { debug, info, warn, error, off };

using LogFields = std::initializer_list<std::pair<std::string_view, Json>>;

// Lines go to standard error. Call once at start; the default is console at info.
void set_up_log(LogFormat format, LogLevel level);
bool log_enabled(LogLevel level);
void log_line(LogLevel level, std::string_view event, LogFields fields);

inline void log_debug(std::string_view event, LogFields fields = {}) { log_line(LogLevel::debug, event, fields); }
inline void log_info(std::string_view event, LogFields fields = {}) { log_line(LogLevel::info, event, fields); }
inline void log_warn(std::string_view event, LogFields fields = {}) { log_line(LogLevel::warn, event, fields); }
inline void log_error(std::string_view event, LogFields fields = {}) { log_line(LogLevel::error, event, fields); }

}  // namespace weir::base
