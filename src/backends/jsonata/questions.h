// What both programs know of the questions, which are JSON in frames (workers/frame.h).
#pragma once
#include <cstdint>
#include <string_view>

namespace weir::backends::jsonata {

inline constexpr uint32_t kQuestionBytesMax = 32u << 20;
inline constexpr uint32_t kAnswerBytesMax = 16u << 20;

inline constexpr std::string_view kCheckBegin = R"({"check":)";  // of a question that evaluates nothing

}  // namespace weir::backends::jsonata
