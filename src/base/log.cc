#include "base/log.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <atomic>

#include "base/clock.h"

namespace weir::base {
namespace {

std::atomic<LogFormat> format_now{LogFormat::console};
std::atomic<LogLevel> level_now{LogLevel::info};

spdlog::logger& logger() {
  static auto made = [] {
    auto log = std::make_shared<spdlog::logger>("weir", std::make_shared<spdlog::sinks::stderr_sink_mt>());
    log->set_pattern("%v");
    log->set_level(spdlog::level::trace);
    return log;
  }();
  return *made;
}

std::string_view name(LogLevel level) {
  switch (level) {
    case LogLevel::debug: return "debug";
    case LogLevel::info: return "info";
    case LogLevel::warn: return "warn";
    case LogLevel::error: return "error";
    case LogLevel::off: return "off";
  }
  return "info";
}

std::string as_json(LogLevel level, std::string_view event, LogFields fields) {
  Json line;
  line.set("time", to_iso8601_millis(SystemClock().now())).set("level", name(level)).set("event", event);
  for (auto& [key, value] : fields) line.set(std::string(key), value);
  return line.dump();
}

std::string as_text(LogLevel level, std::string_view event, LogFields fields) {
  std::string line = to_iso8601_millis(SystemClock().now());
  line.append(" ").append(name(level)).append(" ").append(event);
  for (auto& [key, value] : fields) line.append(" ").append(key).append("=").append(value.dump());
  return line;
}

}  // namespace

void set_up_log(LogFormat format, LogLevel level) {
  format_now = format;
  level_now = level;
}

bool log_enabled(LogLevel level) { return level >= level_now.load(std::memory_order_relaxed); }

void log_line(LogLevel level, std::string_view event, LogFields fields) {
  if (!log_enabled(level)) return;
  logger().info(format_now == LogFormat::json ? as_json(level, event, fields) : as_text(level, event, fields));
}

}  // namespace weir::base
