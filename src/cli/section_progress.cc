#include "cli/section_progress.h"

#include <unistd.h>

#include <cstdio>

namespace weir::cli {
namespace {
constexpr int64_t kEvery = 100;
}

SectionProgress::SectionProgress() : terminal_(::isatty(STDERR_FILENO)) {}

SectionProgress::~SectionProgress() {
  if (terminal_) std::fputs("\r\x1b[K", stderr);
}

void SectionProgress::begin(std::string_view section) {
  section_ = section;
  done_ = 0;
  paint();
}

void SectionProgress::step() {
  if (++done_ % kEvery == 0) paint();
}

void SectionProgress::paint() const {
  if (terminal_) std::fprintf(stderr, "\r\x1b[K%s %lld", section_.c_str(), static_cast<long long>(done_));
}

}  // namespace weir::cli
