// A line on the terminal for work that goes through a lake section by section. Silent when standard error is no
// terminal. One thread.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace weir::cli {

class SectionProgress {
 public:
  SectionProgress();
  ~SectionProgress();  // wipes the line
  void begin(std::string_view section);
  void step();

 private:
  void paint() const;
  bool terminal_;
  std::string section_;
  int64_t done_ = 0;
};

}  // namespace weir::cli
