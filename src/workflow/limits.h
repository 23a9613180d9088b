// Every bound of the language and of the engine, in one list. Those of AWS are the documented quotas;
// the others keep one step small, whatever a definition or an input says.
#pragma once
#include <cstddef>
#include <cstdint>

namespace weir::workflow {

// Of AWS.
constexpr size_t kDefinitionBytesMax = 1'048'576;
constexpr size_t kPayloadBytesMax = 262'144;  // between states, as UTF-8
constexpr int64_t kHistoryEventsMax = 25'000;
constexpr size_t kStateNameLengthMax = 80;  // code points
constexpr size_t kVariableNameLengthMax = 80;
constexpr size_t kVariablesBytesMax = 10 * 1'048'576;
constexpr size_t kErrorBytesMax = 256;
constexpr size_t kCauseBytesMax = 32'768;
constexpr int64_t kSecondsMax = 99'999'999;  // also what a task without TimeoutSeconds has
constexpr int64_t kMapConcurrencyMax = 40;   // of an inline Map; also what MaxConcurrency 0 means
constexpr size_t kIntrinsicNestingMax = 10;
constexpr int64_t kArrayRangeMax = 1'000;
constexpr size_t kIntrinsicTextMax = 10'000;  // Base64Encode, Base64Decode, Hash

// Of ours.
constexpr size_t kDefinitionDepthMax = 128;       // of JSON
constexpr size_t kMachineNestingMax = 16;         // Parallel and Map inside each other
constexpr size_t kPayloadDepthMax = 200;          // of JSON
constexpr size_t kRecordDepthMax = 400;           // a payload within an execution's record
constexpr size_t kPathNodesMax = 500'000;         // values one path may look at
constexpr size_t kPathDepthMax = 16;              // filters inside filters
constexpr size_t kIntrinsicBytesMax = 1'048'576;  // arguments of one call together
constexpr size_t kRuleDepthMax = 32;              // And, Or, Not inside each other
constexpr size_t kEntropyBytesMin = 16;           // with each event
constexpr size_t kDiagnosticsMax = 1'000;
constexpr size_t kTransitionsPerStep = 32;  // then the step ends with go_on, so that what happened is committed
constexpr size_t kStrandsMax = 1'000;       // beyond it a Map has one iteration at a time

}  // namespace weir::workflow
