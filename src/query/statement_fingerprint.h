// A statement without what it says of anybody: for records of who ran what.
//
// INVARIANT: neither literals nor comments nor quoted names have a part in it, so that nothing can be guessed from it
// by trying values.
#pragma once
#include <string>
#include <string_view>

namespace weir::query {

// The same for statements that differ in literals, comments, case and space; empty for what has no tokens.
std::string statement_fingerprint(std::string_view sql);

}  // namespace weir::query
