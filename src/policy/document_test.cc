#include "policy/document.h"

#include <gtest/gtest.h>

#include "policy/scene.h"

namespace weir::policy {
namespace {

base::Result<PolicyPtr> parse(std::string_view text, PolicyKind kind = PolicyKind::identity) {
  return parse_policy(with_double_quotes(text), kind);
}

std::string says(std::string_view text, PolicyKind kind = PolicyKind::identity) {
  auto parsed = parse(text, kind);
  if (parsed.ok()) return "(accepted)";
  EXPECT_EQ(parsed.error().kind, base::Kind::malformed_policy) << text;
  return parsed.error().says;
}

constexpr std::string_view kGood = "{'Effect':'Allow','Action':'s3:GetObject','Resource':'*'}";
constexpr std::string_view kTrust = "{'Effect':'Allow','Action':'sts:AssumeRole','Principal':{'AWS':'111111111111'}}";

bool allows(const PolicyPtr& policy, std::string_view action, std::string_view resource, const Context& context = {}) {
  auto caller = user_caller();
  NamedPolicy named{"p", policy};
  return evaluate({.caller = caller,
                   .context = context,
                   .action = action,
                   .resource = resource,
                   .resource_account = kHome,
                   .identity = {&named, 1}})
      .allowed();
}

}  // namespace

TEST(Document, KeepsTheTextAsGiven) {
  std::string text = " {\"Statement\" :\n {\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":\"*\"}}\n";
  auto policy = parse_policy(text, PolicyKind::identity);
  ASSERT_TRUE(policy.ok());
  EXPECT_EQ((*policy)->text(), text);
  EXPECT_EQ((*policy)->statements().size(), 1u);
  EXPECT_EQ((*policy)->counted_size(), count_without_white_space(text));
}

TEST(Document, MalformedTextsAreRefusedWithAReason) {
  struct Row {
    std::string_view text, says;
  };
  const Row rows[] = {
      {"", "Syntax errors in policy."},
      {"{", "Syntax errors in policy."},
      {"[]", "Syntax errors in policy."},
      {"'x'", "Syntax errors in policy."},
      {"{} {}", "Syntax errors in policy."},
      {"{'Statement':NaN}", "Syntax errors in policy."},
      {"{}", "Missing required field Statement"},
      {"{'Statement':[]}", "Syntax errors in policy. Statement is empty."},
      {"{'Statement':[7]}", "Syntax errors in policy. A statement is an object."},
      {"{'Version':'2020-01-01','Statement':[]}", "The policy must contain a valid version string"},
      {"{'Version':20121017,'Statement':[]}", "The policy must contain a valid version string"},
      {"{'Statements':[]}", "Syntax errors in policy. Unknown field: Statements"},
      {"{'statement':[]}", "Syntax errors in policy. Unknown field: statement"},
      {"{'Id':'x','Statement':[]}", "Has prohibited field Id"},
      {"{'Version':'2012-10-17','Version':'2012-10-17','Statement':[]}",
       "Syntax errors in policy. Duplicate key: Version"},
      {"{'Statement':{'Effect':'allow','Action':'s3:*','Resource':'*'}}",
       "Syntax errors in policy. Effect must be Allow or Deny."},
      {"{'Statement':{'Action':'s3:*','Resource':'*'}}", "Syntax errors in policy. Effect must be Allow or Deny."},
      {"{'Statement':{'Effect':'Allow','Effect':'Deny','Action':'s3:*','Resource':'*'}}",
       "Syntax errors in policy. Duplicate key: Effect"},
      {"{'Statement':{'Effect':'Allow','Resource':'*'}}", "Policy statement must contain actions."},
      {"{'Statement':{'Effect':'Allow','Action':[],'Resource':'*'}}", "Policy statement must contain actions."},
      {"{'Statement':{'Effect':'Allow','Action':'s3:*','NotAction':'s3:*','Resource':'*'}}",
       "Statement must not contain both Action and NotAction."},
      {"{'Statement':{'Effect':'Allow','Action':7,'Resource':'*'}}",
       "Syntax errors in policy. Wrong type of value for Action"},
      {"{'Statement':{'Effect':'Allow','Action':'GetObject','Resource':'*'}}",
       "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc."},
      {"{'Statement':{'Effect':'Allow','Action':'s*:GetObject','Resource':'*'}}", "Vendor s* is not valid"},
      {"{'Statement':{'Effect':'Allow','Action':'s3:Get Object','Resource':'*'}}",
       "Syntax errors in policy. Invalid action: s3:Get Object"},
      {"{'Statement':{'Effect':'Allow','Action':'s3:','Resource':'*'}}",
       "Syntax errors in policy. Invalid action: s3:"},
      {"{'Statement':{'Effect':'Allow','Action':'s3:*'}}", "Policy statement must contain resources."},
      {"{'Statement':{'Effect':'Allow','Action':'s3:*','Resource':[]}}", "Policy statement must contain resources."},
      {"{'Statement':{'Effect':'Allow','Action':'s3:*','Resource':'bucket'}}",
       "Resource bucket must be in ARN format or \"*\"."},
      {"{'Statement':{'Effect':'Allow','Action':'s3:*','Resource':'arn:aws:s3:::'}}",
       "Resource arn:aws:s3::: must be in ARN format or \"*\"."},
      {"{'Statement':{'Effect':'Allow','Action':'s3:*','Resource':'*','NotResource':'*'}}",
       "Statement must not contain both Resource and NotResource."},
      {"{'Statement':{'Effect':'Allow','Action':'s3:*','Resource':'*','Principal':'*'}}",
       "Has prohibited field Principal"},
      {"{'Statement':{'Effect':'Allow','Action':'s3:*','Resource':'*','NotPrincipal':'*'}}",
       "Has prohibited field NotPrincipal"},
      {"{'Statement':{'Effect':'Allow','Action':'s3:*','Resource':'*','Sid':'a b'}}",
       "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression "
       "[0-9A-Za-z]*"},
      {"{'Statement':[{'Effect':'Allow','Action':'s3:*','Resource':'*','Sid':'a'},{'Effect':'Deny','Action':'s3:*',"
       "'Resource':'*','Sid':'a'}]}",
       "Statement IDs (SID) in a single policy must be unique."},
      {"{'Statement':{'Effect':'Allow','Action':'s3:*','Resource':'*','Comment':'x'}}",
       "Syntax errors in policy. Unknown field: Comment"},
      {"{'Statement':{'Effect':'Allow','Action':'s3:*','Resource':'*','Condition':[]}}",
       "Syntax errors in policy. Condition is an object."},
      {"{'Statement':{'Effect':'Allow','Action':'s3:*','Resource':'*','Condition':{'StringEquals':{'team':'x'}}}}",
       "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc."},
      {"{'Statement':{'Effect':'Allow','Action':'s3:*','Resource':'*','Condition':{'Resembles':{'a:b':'x'}}}}",
       "Syntax errors in policy. Invalid condition operator: Resembles"},
      {"{'Statement':{'Effect':'Allow','Action':'s3:*','Resource':'*','Condition':{'StringEquals':{'a:b':'x','a:b':"
       "'y'}}}}",
       "Syntax errors in policy. Duplicate key: a:b"},
      {"{'Version':'2012-10-17','Statement':{'Effect':'Allow','Action':'s3:*','Resource':'arn:aws:s3:::${aws:x'}}",
       "Syntax errors in policy. Invalid policy variable: ${aws:x"},
      {"{'Version':'2012-10-17','Statement':{'Effect':'Allow','Action':'s3:*','Resource':'arn:aws:iam::${aws:x}:r'}}",
       "Syntax errors in policy. Policy variables are allowed in the resource portion of an ARN only."},
      {"{'Version':'2012-10-17','Statement':{'Effect':'Allow','Action':'s3:*','Resource':'${aws:x}'}}",
       "Syntax errors in policy. Policy variables are allowed in the resource portion of an ARN only."},
  };
  for (auto& row : rows) EXPECT_EQ(says(row.text), row.says) << row.text;
}

TEST(Document, CharactersOutsideTheAllowedRangeAreRefused) {
  auto with = [](std::string_view piece) {
    return std::string("{'Statement':{'Effect':'Allow','Action':'s3:*','Resource':'arn:aws:s3:::b/")
        .append(piece)
        .append("'}}");
  };
  EXPECT_EQ(says(with("é")), "(accepted)");
  EXPECT_EQ(says(with("\\u00e9")), "(accepted)");
  for (std::string_view bad : {"Ā", "\\u0100", "€", "\\u0000", "\\u0001", "\\ud83d\\ude00"})
    EXPECT_EQ(says(with(bad)), "Syntax errors in policy. Invalid character.") << bad;
  EXPECT_EQ(says(with("\xff")), "Syntax errors in policy. Invalid character.");
  EXPECT_EQ(says(with("\xc3")), "Syntax errors in policy.");
}

TEST(Document, DepthIsLimited) {
  std::string deep(40, '['), close(40, ']');
  EXPECT_EQ(says("{'Statement':" + deep + close + "}"), "Syntax errors in policy.");
  std::string bomb(100000, '[');
  EXPECT_EQ(says("{'Statement':" + bomb), "Syntax errors in policy.");
}

TEST(Document, TrustPoliciesHaveTheirOwnRules) {
  auto trust = [](std::string_view statement) { return says(document(statement), PolicyKind::trust); };
  EXPECT_EQ(trust(kTrust), "(accepted)");
  EXPECT_EQ(trust("{'Effect':'Allow','Action':['sts:AssumeRole','STS:TagSession'],'Principal':'*'}"), "(accepted)");
  EXPECT_EQ(trust("{'Effect':'Allow','Action':'sts:*','Principal':{'Service':'lakeformation.amazonaws.com'}}"),
            "(accepted)");
  EXPECT_EQ(trust("{'Effect':'Allow','Action':'sts:AssumeRole'}"), "Missing required field Principal");
  EXPECT_EQ(trust("{'Effect':'Allow','Action':'sts:AssumeRole','Principal':'*','Resource':'*'}"),
            "Has prohibited field Resource");
  EXPECT_EQ(trust("{'Effect':'Deny','Action':'sts:AssumeRole','NotPrincipal':{'AWS':'111111111111'}}"),
            "Has prohibited field NotPrincipal");
  for (std::string_view action : {"'Action':'s3:GetObject'", "'Action':'*'", "'NotAction':'sts:AssumeRole'"})
    EXPECT_EQ(trust(std::string("{'Effect':'Allow',").append(action).append(",'Principal':'*'}")),
              "AssumeRole policy may only specify STS AssumeRole actions.");
  EXPECT_EQ(says("{'Id':'x','Statement':" + std::string(kTrust) + "}", PolicyKind::trust), "(accepted)");
  EXPECT_EQ(
      trust("{'Effect':'Allow','Action':'sts:AssumeRole','Principal':{'AWS':'arn:aws:iam::111111111111:user/*'}}"),
      "Invalid principal in policy: \"AWS\":\"arn:aws:iam::111111111111:user/*\"");
  EXPECT_TRUE(
      trust("{'Effect':'Allow','Action':'sts:AssumeRole','Principal':{'CanonicalUser':'" + std::string(64, 'a') + "'}}")
          .starts_with("Invalid principal"));
}

TEST(Document, BucketPoliciesHaveTheirOwnRules) {
  auto bucket = [](std::string_view statement) { return says(document(statement), PolicyKind::resource); };
  EXPECT_EQ(bucket("{'Sid':'a b-c','Effect':'Allow','Action':'s3:*','Principal':'*','Resource':'arn:aws:s3:::b/日'}"),
            "(accepted)");
  EXPECT_EQ(bucket("{'Effect':'Deny','Action':'s3:*','NotPrincipal':{'AWS':'111111111111'},'Resource':'*'}"),
            "(accepted)");
  EXPECT_EQ(bucket("{'Effect':'Allow','Action':'s3:*','Principal':{'CanonicalUser':'" + std::string(64, 'a') +
                   "'},'Resource':'*'}"),
            "(accepted)");
  EXPECT_EQ(bucket("{'Effect':'Allow','Action':'s3:*','Resource':'*'}"), "Missing required field Principal");
  EXPECT_EQ(bucket("{'Effect':'Allow','Action':'s3:*','Principal':'*'}"), "Policy statement must contain resources.");
  EXPECT_EQ(bucket("{'Effect':'Allow','Action':'s3:*','Principal':'*','NotPrincipal':'*','Resource':'*'}"),
            "Statement must not contain both Principal and NotPrincipal.");
  EXPECT_EQ(says("nonsense", PolicyKind::resource), "Policies must be valid JSON and the first byte must be '{'");
}

TEST(Document, SizeCountsNoWhiteSpace) {
  auto padded = [](size_t letters, size_t spaces) {
    return std::string("{'Statement':")
               .append(std::string(spaces, ' '))
               .append("{'Effect':'Deny','Action':'s3:*','Resource':'arn:aws:s3:::") +
           std::string(letters, 'x') + "'}}";
  };
  EXPECT_TRUE(parse(padded(10, 100000), PolicyKind::scp).ok());
  auto over = parse(padded(5200, 0), PolicyKind::scp);
  ASSERT_FALSE(over.ok());
  EXPECT_EQ(over.error().kind, base::Kind::limit_exceeded);
  EXPECT_EQ(over.error().says, "Cannot exceed quota for PolicySize: 5120");
  EXPECT_EQ(count_without_white_space("{ \"é\" :\t1\r\n}"), 7u);
}

TEST(Document, FortyKilobytesLoadAndAreOverTheQuota) {
  std::string statements;
  for (int i = 0; statements.size() < 40960; ++i) {
    if (i) statements += ',';
    statements += "{'Sid':'S" + std::to_string(i) +
                  "','Effect':'Allow','Action':['s3:GetObject','s3:PutObject'],"
                  "'Resource':'arn:aws:s3:::bucket-" +
                  std::to_string(i) + "/*'}";
  }
  auto text = document(statements);
  EXPECT_EQ(parse_policy(text, PolicyKind::identity).error().kind, base::Kind::limit_exceeded);
  auto loaded = load_policy(text, PolicyKind::identity);
  EXPECT_FALSE(loaded->unreadable());
  EXPECT_TRUE(allows(loaded, "s3:GetObject", "arn:aws:s3:::bucket-199/k"));
  EXPECT_FALSE(allows(loaded, "s3:DeleteObject", "arn:aws:s3:::bucket-199/k"));
}

TEST(Document, HugeTextsAreNotParsedAtAll) {
  std::string text(300 * 1024, ' ');
  EXPECT_EQ(parse_policy(text, PolicyKind::identity).error().kind, base::Kind::limit_exceeded);
  EXPECT_TRUE(load_policy(text, PolicyKind::identity)->unreadable());
}

TEST(Document, UnreadableStoredPoliciesDenyEverything) {
  for (std::string_view text : {"", "{", "{'Statement':[]}", "{'Statement':{'Effect':'Maybe'}}"}) {
    auto broken = load_policy(with_double_quotes(text), PolicyKind::identity);
    EXPECT_TRUE(broken->unreadable());
    std::vector<NamedPolicy> policies = {identity_policy(kGood), {"broken", broken}};
    auto caller = user_caller();
    Context none;
    auto decision = evaluate({.caller = caller,
                              .context = none,
                              .action = "s3:GetObject",
                              .resource = "*",
                              .resource_account = kHome,
                              .identity = policies});
    EXPECT_EQ(decision.verdict, Verdict::explicit_deny);
    EXPECT_EQ(decision.because.front().text(), "Deny by the unreadable identity-based policy \"broken\"");
  }
}

TEST(Document, UnknownOperatorsInStoredPoliciesFailClosed) {
  constexpr std::string_view kTail = ",'Action':'s3:*','Resource':'*','Condition':{'Resembles':{'a:b':'x'}}}";
  auto allow = load_policy(document(std::string("{'Effect':'Allow'").append(kTail)), PolicyKind::identity);
  auto deny =
      load_policy(document(std::string(kGood) + ",{'Effect':'Deny'" + std::string(kTail)), PolicyKind::identity);
  EXPECT_FALSE(allow->unreadable());
  EXPECT_FALSE(allows(allow, "s3:GetObject", "*"));
  EXPECT_FALSE(deny->unreadable());
  EXPECT_FALSE(allows(deny, "s3:GetObject", "*"));
}

TEST(Document, VariablesNeedTheVersionOf2012) {
  constexpr std::string_view kMine = "{'Effect':'Allow','Action':'s3:*','Resource':'arn:aws:s3:::${aws:username}'}";
  Context context;
  context.set("aws:username", "ana");
  auto with = [&](std::string_view text) { return *parse_policy(text, PolicyKind::identity); };
  EXPECT_TRUE(allows(with(document(kMine)), "s3:GetObject", "arn:aws:s3:::ana", context));
  EXPECT_FALSE(allows(with(document(kMine, "2008-10-17")), "s3:GetObject", "arn:aws:s3:::ana", context));
  auto none = with(with_double_quotes("{'Statement':" + std::string(kMine) + "}"));
  EXPECT_FALSE(allows(none, "s3:GetObject", "arn:aws:s3:::ana", context));
  EXPECT_TRUE(allows(none, "s3:GetObject", "arn:aws:s3:::${aws:username}", context));
}

TEST(Document, ActionsMatchWithoutCaseAndWithWildcards) {
  struct Row {
    std::string_view pattern, action;
    bool expected;
  };
  const Row rows[] = {
      {"'*'", "glue:GetTable", true},
      {"'*:*'", "glue:GetTable", true},
      {"'glue:*'", "GLUE:gettable", true},
      {"'GLUE:GetTable'", "glue:gettable", true},
      {"'glue:Get*'", "glue:GetTable", true},
      {"'glue:Get?able'", "glue:GetTable", true},
      {"'glue:*Table'", "glue:GetTable", true},
      {"'glue:Get*'", "glue:UpdateTable", false},
      {"'glue:*'", "glues:GetTable", false},
      {"'s3:*','glue:GetTable'", "glue:GetTable", true},
      {"'glue:GetTable'", "glue:GetTable ", false},
  };
  for (auto& row : rows) {
    auto statement = std::string("{'Effect':'Allow','Action':[").append(row.pattern).append("],'Resource':'*'}");
    EXPECT_EQ(allows(identity_policy(statement).policy, row.action, "*"), row.expected) << row.pattern << row.action;
    auto inverse = std::string("{'Effect':'Allow','NotAction':[").append(row.pattern).append("],'Resource':'*'}");
    EXPECT_EQ(allows(identity_policy(inverse).policy, row.action, "*"), !row.expected) << row.pattern << row.action;
  }
}

TEST(Document, NotResourceIsTakenLiterally) {
  auto allow = identity_policy("{'Effect':'Allow','Action':'s3:*','NotResource':'arn:aws:s3:::secret/*'}").policy;
  EXPECT_TRUE(allows(allow, "s3:GetObject", "arn:aws:s3:::open/x"));
  EXPECT_FALSE(allows(allow, "s3:GetObject", "arn:aws:s3:::secret/x"));
  EXPECT_FALSE(allows(allow, "s3:ListAllMyBuckets", "*"));
}

TEST(Document, UnresolvedVariablesInResourcesFallToTheClosedSide) {
  constexpr std::string_view kAll = "{'Effect':'Allow','Action':'s3:*','Resource':'*'},";
  auto allow = identity_policy("{'Effect':'Allow','Action':'s3:*','NotResource':'arn:aws:s3:::${aws:username}'}");
  auto deny = identity_policy(std::string(kAll) +
                              "{'Effect':'Deny','Action':'s3:*','NotResource':'arn:aws:s3:::${aws:username}'}");
  EXPECT_FALSE(allows(allow.policy, "s3:GetObject", "arn:aws:s3:::x"));
  EXPECT_FALSE(allows(deny.policy, "s3:GetObject", "arn:aws:s3:::x"));
}

TEST(Document, SpecificResourcesNeverMatchActionsWithoutResources) {
  EXPECT_FALSE(allows(identity_policy("{'Effect':'Allow','Action':'s3:*','Resource':'arn:aws:s3:::*'}").policy,
                      "s3:ListAllMyBuckets", "*"));
  EXPECT_TRUE(allows(identity_policy(kGood).policy, "s3:GetObject", "*"));
}

TEST(Bindings, PrincipalsAreMatchedByUniqueIdOnceBound) {
  auto policy = *parse_policy(
      document("{'Effect':'Allow','Action':'sts:AssumeRole','Principal':{'AWS':["
               "'arn:aws:iam::111111111111:role/engine','arn:aws:iam::111111111111:user/ana','222222222222']}}"),
      PolicyKind::trust);
  EXPECT_EQ(principal_arns(*policy),
            (std::vector<std::string>{"arn:aws:iam::111111111111:role/engine", "arn:aws:iam::111111111111:user/ana"}));
  auto bound = bind_principals(policy, [](std::string_view arn) -> std::optional<std::string> {
    return arn.ends_with("engine") ? "AROA0000000000000ENGINE" : "AIDA0000000000000ANA";
  });
  ASSERT_TRUE(bound.ok());
  auto caller = session_caller();
  auto& rule = (*bound)->statements().front();
  EXPECT_EQ(rule.match_principal(caller), PrincipalMatch::behind);
  caller.unique_id = "AROA0000000000000REBORN";
  EXPECT_EQ(rule.match_principal(caller), PrincipalMatch::none);
  EXPECT_EQ(policy->statements().front().match_principal(caller), PrincipalMatch::behind);
  auto again = with_bindings(load_policy(policy->text(), PolicyKind::trust), (*bound)->bindings());
  EXPECT_EQ(again->statements().front().match_principal(caller), PrincipalMatch::none);
}

TEST(Bindings, UnknownPrincipalsAreRefusedOnSave) {
  auto policy = *parse_policy(document("{'Effect':'Allow','Action':'sts:AssumeRole','Principal':{'AWS':"
                                       "'arn:aws:iam::111111111111:role/ghost'}}"),
                              PolicyKind::trust);
  auto bound = bind_principals(policy, [](std::string_view) { return std::nullopt; });
  ASSERT_FALSE(bound.ok());
  EXPECT_EQ(bound.error().says, "Invalid principal in policy: \"AWS\":\"arn:aws:iam::111111111111:role/ghost\"");
}

TEST(Bindings, ReadersSeeTheIdOfAPrincipalThatIsGone) {
  auto policy = *parse_policy(document("{'Effect':'Allow','Action':'sts:AssumeRole','Principal':{'AWS':"
                                       "'arn:aws:iam::111111111111:role/engine'}}"),
                              PolicyKind::trust);
  auto bound = *bind_principals(policy, [](std::string_view) { return std::string("AROA0000000000000ENGINE"); });
  EXPECT_EQ(published_text(*bound, [](auto, auto) { return true; }), policy->text());
  auto shown = published_text(*bound, [](auto, auto) { return false; });
  EXPECT_NE(shown.find("\"AWS\":\"AROA0000000000000ENGINE\""), std::string::npos);
  auto reread = parse_policy(shown, PolicyKind::trust);
  ASSERT_TRUE(reread.ok());
  EXPECT_EQ((*reread)->statements().front().match_principal(session_caller()), PrincipalMatch::behind);
}

}  // namespace weir::policy
