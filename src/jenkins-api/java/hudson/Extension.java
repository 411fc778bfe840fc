package hudson;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import jenkins.YesNoMaybe;
import net.java.sezpoz.Indexable;

/** Of org.jenkins-ci.main:jenkins-core. */
@Indexable
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.FIELD, ElementType.METHOD})
@Documented
public @interface Extension {
    YesNoMaybe dynamicLoadable() default YesNoMaybe.MAYBE;

    @Deprecated
    boolean optional() default false;

    double ordinal() default 0.0;
}
