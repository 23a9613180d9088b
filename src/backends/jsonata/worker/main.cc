// weir-jsonata: evaluates JSONata for the process that started it, over the socket that is its standard input.
//
// Not to be run by hand. Each question is answered in a realm that no expression was evaluated in; the next realm is
// made while nobody waits.
#include <unistd.h>

#include "backends/jsonata/questions.h"
#include "backends/jsonata/worker/budget.h"
#include "backends/jsonata/worker/digest.h"
#include "backends/jsonata/worker/script_engine.h"
#include "jsonata_scripts.h"
#include "workers/frame.h"
#include "workers/sandbox.h"

namespace {

using namespace weir::backends::jsonata;

using weir::workers::read_frame;
using weir::workers::write_frame;

constexpr int kSocket = STDIN_FILENO;
constexpr uint64_t kMemoryBytesMax = uint64_t{256} << 20;
constexpr std::string_view kNoAnswer = R"({"fault":"the evaluation needs more memory than it may have"})";

// A check parses and evaluates nothing, so it leaves the realm as it was.
bool is_check(std::string_view question) { return question.substr(0, kCheckBegin.size()) == kCheckBegin; }

bool serve_one(ScriptEngine& engine) {
  std::string question;
  if (!read_frame(kSocket, question, kQuestionBytesMax)) return false;
  begin_budget();
  auto answer = engine.ask(question);
  end_budget();
  if (!write_frame(kSocket, answer ? *answer : kNoAnswer)) return false;
  return (answer && is_check(question)) || engine.renew();
}

}  // namespace

int main() {
  if (!weir::workers::give_up_privileges()) return 2;
  auto& engine = ScriptEngine::only();
  bool ready = prepare_digests() && ScriptEngine::start(kLibraryScript, kDriverScript) &&
               weir::workers::enter_sandbox({kMemoryBytesMax});
  while (ready) ready = serve_one(engine);
  _exit(0);
}
